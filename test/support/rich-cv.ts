import { type CvDocument, emptyCv } from '@careerhooks/cv';

/** A CV that has something in every field of every section. */
export function richCv(): CvDocument {
  return {
    ...emptyCv(),
    personalInfo: {
      name: 'Marta Przykładowa',
      title: 'Senior Software Engineer',
      email: 'marta@example.com',
      phone: '+48 555 010 020',
      location: 'Kraków, Poland',
      address: {
        address: 'ul. Wzorcowa 7',
        postalCode: '30-001',
        city: 'Kraków',
        countryCode: 'PL',
      },
      website: 'https://www.marta.example.com',
      summary:
        'Backend engineer with eleven years in payments and logistics. Builds services that other teams can run without her: small interfaces, honest documentation, and tests that say what the business needs.\n\nLooking for a team that ships weekly and measures what it ships.',
    },
    workExperience: [
      {
        id: 'work-1',
        position: 'Senior Software Engineer',
        company: 'Example Payments GmbH',
        description: 'Payment processor for 4,000 shops in nine countries',
        location: 'Berlin, Germany (remote)',
        url: 'https://www.payments.example.com/about',
        startDate: '2021-03',
        summary: 'Leads the settlement team of five.',
        responsibilities: [
          'Own the settlement pipeline, from the acquirer’s files to the ledger: 1.2 million transactions a day, reconciled by six in the morning',
          'Run the on-call rota and the reviews after each incident',
        ],
        achievements: [
          'Cut the time to settle from two days to four hours by replacing nightly batches with a stream',
          'Brought failed payouts down by 62% without another hire',
          'Wrote the internal course on idempotency that every new engineer takes',
        ],
        technologies: ['TypeScript', 'PostgreSQL', 'Kafka', 'Temporal', 'Kubernetes'],
      },
      {
        id: 'work-2',
        position: 'Software Engineer',
        company: 'Przesyłki Przykładowe S.A.',
        location: 'Kraków, Poland',
        startDate: '2017-01',
        endDate: '2021-02',
        responsibilities: [
          'Built the tracking service that the couriers’ handhelds and the customers’ pages read',
          'Moved the monolith’s billing into a service of its own, one table at a time, without a night of downtime',
        ],
        achievements: ['Brought the 99th percentile of a lookup from 900 ms to 80 ms'],
        technologies: ['Java', 'Spring', 'Oracle', 'Redis'],
      },
      {
        id: 'work-3',
        position: 'Junior Developer',
        company: 'Studio Wzór',
        startDate: '2014-07',
        endDate: '2016-12',
        responsibilities: ['Websites and shops for forty small companies'],
        technologies: ['PHP', 'MySQL', 'jQuery'],
      },
    ],
    projects: [
      {
        id: 'project-1',
        name: 'Ledger Lint',
        description: 'Finds entries that do not balance before the auditors do.',
        summary: 'Used by three fintechs; 40 contributors.',
        startDate: '2020-05',
        endDate: 'Present',
        technologies: ['Rust', 'WebAssembly'],
        achievements: ['Reads 10 million entries in a minute on a laptop'],
        url: 'https://ledger-lint.example.org',
        roles: ['Maintainer', 'Release manager'],
        entity: 'Open Ledger Foundation',
        type: 'application',
      },
    ],
    education: [
      {
        id: 'education-1',
        institution: 'Example University of Technology',
        url: 'https://www.university.example.edu',
        area: 'Computer Science',
        studyType: 'Master of Science',
        startDate: '2009-10',
        endDate: '2014-06',
        score: '4.9 of 5',
        courses: ['Distributed systems', 'Databases', 'Type theory'],
      },
    ],
    skills: [
      {
        id: 'skills-1',
        category: 'Languages',
        level: 'Master',
        skills: [
          { name: 'TypeScript', level: 'Expert', years: 8 },
          { name: 'Java', level: 'Advanced', years: 5 },
          { name: 'Rust', years: 3 },
        ],
      },
      {
        id: 'skills-2',
        category: 'Data and messaging',
        skills: [
          { name: 'PostgreSQL' },
          { name: 'Kafka' },
          { name: 'Redis' },
          { name: 'R&D <sql>' },
        ],
      },
      {
        id: 'skills-3',
        category: 'Operations',
        skills: [{ name: 'Kubernetes' }, { name: 'Terraform' }, { name: 'Grafana' }],
      },
    ],
    languages: [
      { id: 'language-1', language: 'Polish', fluency: 'Native speaker' },
      { id: 'language-2', language: 'English', fluency: 'C2' },
      { id: 'language-3', language: 'German' },
    ],
    certificates: [
      {
        id: 'certificate-1',
        name: 'Certified Kubernetes Administrator',
        date: '2022-11-05',
        issuer: 'Example Foundation',
        url: 'https://certificates.example.org/cka/4711',
      },
    ],
    awards: [
      {
        id: 'award-1',
        title: 'Engineer of the Year',
        date: '2023',
        awarder: 'Example Payments GmbH',
        summary: 'For the move to streaming settlement.',
      },
    ],
    publications: [
      {
        id: 'publication-1',
        name: 'Idempotency for People Who Pay Bills',
        publisher: 'Example Engineering Journal',
        releaseDate: '2022-04',
        url: 'https://journal.example.org/2022/idempotency',
        summary: 'How to take the same money only once.',
      },
    ],
    volunteer: [
      {
        id: 'volunteer-1',
        organization: 'Code for Kraków',
        position: 'Mentor',
        url: 'https://code.example.org',
        startDate: '2018-09',
        endDate: '2020-06',
        summary: 'Evening classes for people who change careers.',
        highlights: ['Twelve of twenty found a first job within a year'],
      },
    ],
    interests: [
      { id: 'interest-1', name: 'Mountains', keywords: ['Tatra', 'Ski touring'] },
      { id: 'interest-2', name: 'Choir' },
    ],
    references: [
      {
        id: 'reference-1',
        name: 'Jan Przykład, Head of Engineering',
        reference: 'Marta leaves every system simpler than she found it.',
      },
    ],
    github: {
      username: 'marta-example',
      repositories: [
        {
          name: 'ledger-lint',
          description: 'Finds entries that do not balance',
          stars: 2300,
          languages: ['Rust', 'TypeScript'],
          topics: ['accounting'],
          pushedAt: '2026-04-01T10:00:00Z',
          url: 'https://github.com/marta-example/ledger-lint',
        },
        {
          name: 'dotfiles',
          description: null,
          stars: 1,
          languages: ['Shell'],
          topics: [],
          pushedAt: null,
          url: 'https://github.com/marta-example/dotfiles',
        },
      ],
    },
    socialMedia: {
      linkedin: { handle: 'marta-example', url: 'https://www.linkedin.com/in/marta-example' },
      youtube: { handle: '@marta.example', subscribers: 25_000, videos: 150 },
      skype: { handle: 'live:marta' },
      'code-place': {
        network: 'Code Place',
        url: 'https://codeplace.example.org/marta',
        rank: 'Gold',
      },
    },
  };
}

/** A CV of about ten pages. */
export function longCv(): CvDocument {
  const cv = richCv();
  const positions = cv.workExperience.slice(0, 2);
  const workExperience = Array.from({ length: 34 }, (_, index) => {
    const position = positions[index % 2] as (typeof positions)[number];
    const year = 2024 - index;
    return {
      ...position,
      id: `work-${index}`,
      position: `${position.position} ${index + 1}`,
      startDate: `${year}-01`,
      endDate: `${year}-12`,
    };
  });
  return { ...cv, workExperience };
}

/** A CV with only what somebody types in in a minute. */
export function sparseCv(): CvDocument {
  return {
    ...emptyCv(),
    personalInfo: { name: 'Jo Doe', email: 'jo@example.com' },
    workExperience: [
      { id: 'work-1', position: 'Barista', company: 'Example Coffee', startDate: '2023' },
    ],
    skills: [{ id: 'skills-1', category: 'Espresso' }],
  };
}
