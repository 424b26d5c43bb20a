import type { CvDocument } from '@careerhooks/cv';
import { emptyCv } from '../../../cv/src/cv-document';

/** An invented person's CV that uses all that a CV can hold, over several pages. */
export const richCv: CvDocument = {
  ...emptyCv(),
  personalInfo: {
    name: 'Łucja Nguyễn-Ólafsdóttir',
    // A soft hyphen and a no-break space, as word processors leave them.
    title: 'Principal Soft\u00adware Engineer,\u00a0R&D',
    email: 'lucja.nguyen-olafs@mail-host.example.com',
    phone: '+48 22 555-01-99',
    location: 'Kraków, Poland',
    website: 'https://www.lucja-nguyen.example.com',
    summary:
      'Builds well-tested back-ends for hospitals and airports. Fifteen years of distributed systems, ' +
      'from a start-up with four people to a group with four thousand; equally at home in code-review and on the phone with users.',
  },
  workExperience: [
    {
      id: 'northwind',
      position: 'Principal Engineer',
      company: 'Northwind Aviation',
      description: 'Software for mid-sized airports',
      location: 'Reykjavík, Iceland',
      url: 'https://northwind.example.com',
      startDate: '2021-03',
      endDate: 'Present',
      summary: 'Leads the platform group and its four teams.',
      responsibilities: [
        'Decide with four teams what is built, bought or left alone, and write down why so that the next group can judge it anew without asking anybody who has left since',
        'Keep a real-time departure board running through power-cuts, fog and other people’s upgrades',
        'Read every incident report aloud — once a week, in front of everybody',
      ],
      achievements: [
        'Cut the median delay of a message from 1.8 s to 40 ms',
        'Brought on-call alerts from 212 to 9 a month without hiding one',
      ],
      technologies: ['TypeScript', 'PostgreSQL 17', 'Temporal', 'C++'],
    },
    {
      id: 'alpha',
      position: 'Senior Back-End Engineer',
      company: 'Αλφα Πληροφορική Α.Ε.',
      location: 'Θεσσαλονίκη, Greece',
      startDate: '2018-01',
      endDate: '2021-02',
      responsibilities: [
        'Moved 38 hospitals from paper to a shared record of patients',
        'Wrote the fee calculation (€, £, zł, ₴, ₹) that three auditors could not break',
      ],
      achievements: ['Trained eleven colleagues; seven of them lead teams today'],
      technologies: ['Kotlin', 'Kafka', 'Elasticsearch'],
    },
    {
      id: 'dnipro',
      position: 'Software Engineer',
      company: 'Дніпро Софт',
      location: 'Київ, Ukraine',
      startDate: '2015-06',
      endDate: '2017-12',
      responsibilities: [
        'Підтримка платіжного шлюзу для двадцяти крамниць',
        'Replaced a nightly batch by a stream of changes',
      ],
      technologies: ['Java', 'Oracle'],
    },
    {
      id: 'fjord',
      position: 'Junior Developer',
      company: 'Fjord & Sønner A/S',
      location: 'Tromsø, Norway',
      startDate: '2012',
      endDate: '2015',
      responsibilities: ['Tested tide tables against the sea, and corrected the tables'],
    },
  ],
  education: [
    {
      id: 'agh',
      institution: 'Example University of Technology',
      area: 'Computer Science',
      studyType: 'Master',
      startDate: '2007-10',
      endDate: '2012-06',
      score: '4.8 of 5',
      courses: ['Distributed Algorithms', 'Queueing Theory'],
    },
  ],
  skills: [
    {
      id: 'languages',
      category: 'Programming Languages',
      skills: [
        { name: 'TypeScript', level: 'Expert', years: 9 },
        { name: 'Rust', level: 'Advanced', years: 3 },
        { name: 'SQL' },
      ],
    },
    {
      id: 'operations',
      category: 'Operations',
      skills: [{ name: 'Kubernetes' }, { name: 'Incident command' }],
    },
  ],
  projects: [
    {
      id: 'tides',
      name: 'Open Tide Tables',
      description: 'Tide tables for 4,000 harbours as open data, computed anew each night.',
      startDate: '2019-04',
      endDate: 'Present',
      technologies: ['Go', 'SQLite'],
      achievements: ['Used by two coast-guards and one novelist'],
      url: 'https://www.open-tides.example.org/tables',
    },
    {
      id: 'phrasebook',
      name: 'Sổ tay Tiếng Việt',
      description: 'A phrase-book for nurses, in Vietnamese and Polish.',
      startDate: '2016',
      endDate: '2017',
      url: 'https://phrases.example.org',
    },
  ],
  languages: [
    { id: 'pl', language: 'Polish', fluency: 'Native speaker' },
    { id: 'vi', language: 'Vietnamese', fluency: 'B2' },
  ],
  certificates: [
    {
      id: 'cert',
      name: 'Certified Reliability Practitioner',
      issuer: 'Example Institute of Reliability',
      date: '2020-05',
      url: 'https://certificates.example.org/4711',
    },
  ],
  awards: [
    {
      id: 'award',
      title: 'Quiet Systems Prize',
      awarder: 'Society for Quiet Systems',
      date: '2022-11',
      summary: 'For a year without a single page at night',
    },
  ],
  publications: [
    {
      id: 'paper',
      name: 'Backpressure, Kindly',
      publisher: 'Journal of Invented Results',
      releaseDate: '2021-09',
      url: 'https://journal.example.org/kindly',
      summary: 'How a queue says no without a quarrel',
    },
  ],
  volunteer: [
    {
      id: 'library',
      organization: 'Library of Things',
      position: 'Repairer',
      startDate: '2018-02',
      endDate: '2020-08',
      highlights: ['Mended 312 toasters and one accordion'],
    },
  ],
  interests: [{ id: 'sea', name: 'Sea kayaking', keywords: ['Fjords', 'Night crossings'] }],
  references: [
    {
      id: 'ref',
      name: 'Jón Dæmi',
      reference: 'She leaves systems calmer than she finds them',
    },
  ],
  github: {
    username: 'lucja-example',
    repositories: [
      {
        name: 'tide-solver',
        description: 'Harmonic analysis of water-levels',
        stars: 128,
        languages: ['Go', 'Shell'],
        topics: ['tides'],
        pushedAt: '2026-01-02T03:04:05Z',
        url: 'https://github.com/lucja-example/tide-solver',
      },
    ],
  },
  socialMedia: {
    linkedin: { handle: 'lucja-nguyen', url: 'https://www.linkedin.com/in/lucja-nguyen' },
    github: { handle: 'lucja-example', url: 'https://github.com/lucja-example' },
    mastodon: { handle: '@lucja', url: 'https://social.example.org/@lucja' },
  },
};

/** As little as a CV may hold. */
export const sparseCv: CvDocument = { ...emptyCv(), personalInfo: { name: 'Ana Example' } };

/** A CV of about ten pages. */
export const longCv: CvDocument = {
  ...richCv,
  workExperience: Array.from({ length: 14 }, (_, copy) =>
    richCv.workExperience.map((position) => ({ ...position, id: `${position.id}-${copy}` })),
  ).flat(),
};
