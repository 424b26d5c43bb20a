import { type CvDocument, emptyCv, readCv } from '@careerhooks/cv';

/** Something in every field that a CV has. */
export function fullCv(): CvDocument {
  return stored({
    ...emptyCv(),
    personalInfo: {
      name: 'Ada Example',
      title: 'Senior Engineer & Writer',
      email: 'ada@example.com',
      phone: '+48 22 123 45 67',
      location: 'Warsaw, Poland',
      summary:
        'Builds engines. Likes <b>tags</b> & "quotes", not *stars*.\n\nSecond paragraph of hers.',
      website: 'https://ada.example.com',
      image:
        'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==',
    },
    workExperience: [
      {
        id: 'w1',
        position: 'Chief Engineer',
        company: 'Northwind Example',
        description: 'Wind parks',
        location: 'Gdańsk, Poland',
        url: 'https://northwind.example.com',
        startDate: '2021-03',
        endDate: 'Present',
        summary: 'Leads the platform team.',
        responsibilities: ['Plans the platform', 'Hires engineers'],
        achievements: ['Cut costs by 40%', 'Shipped v2 on time'],
        technologies: ['TypeScript', 'PostgreSQL'],
      },
      {
        id: 'w2',
        position: 'Developer',
        company: 'Contoso Sample',
        startDate: '2018',
        endDate: '2020-11-30',
        responsibilities: ['Wrote services'],
        technologies: ['Go'],
      },
      {
        id: 'w3',
        position: 'Intern',
        company: 'Fabrikam Sample',
        startDate: '2017-06-01',
        endDate: '2017',
      },
    ],
    education: [
      {
        id: 'e1',
        institution: 'Warsaw Sample University',
        url: 'https://uni.example.com',
        area: 'Computer Science',
        studyType: 'Master',
        startDate: '2012',
        endDate: '2017-06',
        score: '4.9',
        courses: ['Compilers', 'Databases'],
      },
    ],
    skills: [
      {
        id: 's1',
        category: 'Backend Craft',
        skills: [{ name: 'Node.js', years: 8 }, { name: 'Rust' }, { name: 'Perl' }],
        level: 'Virtuoso',
      },
      { id: 's2', category: 'Frontend Craft', level: 'Intermediate', skills: [{ name: 'Svelte' }] },
    ],
    projects: [
      {
        id: 'p1',
        name: 'Turbine Planner',
        description: 'Plans turbines',
        summary: 'Used by four parks',
        startDate: '2019-01',
        endDate: '2020-05',
        technologies: ['WebGL'],
        achievements: ['Won a prize', 'Open sourced'],
        url: 'https://turbine.example.com',
        roles: ['Lead'],
        entity: 'Northwind',
        type: 'application',
      },
    ],
    languages: [
      { id: 'l1', language: 'Polish', fluency: 'Native speaker' },
      { id: 'l2', language: 'English', fluency: 'C1' },
    ],
    certificates: [
      {
        id: 'c1',
        name: 'Certified Gardener',
        date: '2020-11',
        issuer: 'Garden Board',
        url: 'https://cert.example.com',
      },
    ],
    awards: [
      {
        id: 'a1',
        title: 'Golden Rotor',
        date: '2019-05-04',
        awarder: 'Rotor Society',
        summary: 'For quiet rotors',
      },
    ],
    publications: [
      {
        id: 'b1',
        name: 'On Rotors',
        publisher: 'Rotor Press',
        releaseDate: '2016-02',
        url: 'https://press.example.com/rotors',
        summary: 'A book on rotors',
      },
    ],
    volunteer: [
      {
        id: 'v1',
        organization: 'Code for Sample',
        position: 'Mentor',
        url: 'https://code.example.com',
        startDate: '2015',
        endDate: 'Present',
        summary: 'Mentors people',
        highlights: ['Mentored 20 people', 'Ran ten evenings'],
      },
    ],
    interests: [{ id: 'i1', name: 'Beekeeping', keywords: ['Wild bees'] }],
    references: [{ id: 'r1', name: 'Grace Sample', reference: 'She is the best colleague.' }],
    github: {
      username: 'ada-example',
      repositories: [
        {
          name: 'rotor-kit',
          description: 'A kit',
          stars: 5,
          languages: ['Rust'],
          topics: ['wind'],
          pushedAt: '2024-01-01T00:00:00Z',
          url: 'https://github.com/ada-example/rotor-kit',
        },
      ],
    },
    socialMedia: {
      github: { handle: 'ada-example' },
      linkedin: { handle: 'ada-sample' },
      youtube: { handle: '@ada', subscribers: 10 },
    },
  });
}

/** Something in every section, and of each entry only what it needs. */
export function sparseCv(): CvDocument {
  return stored({
    ...emptyCv(),
    personalInfo: { name: 'Bo Example' },
    workExperience: [
      { id: 'w1', position: 'Baker', company: 'Bakery Sample' },
      { id: 'w2', position: 'Driver', company: 'Van Sample', startDate: '2018' },
    ],
    education: [{ id: 'e1', institution: 'School of Sample' }],
    skills: [{ id: 's1', category: 'Baking' }],
    projects: [{ id: 'p1', name: 'Bread Book' }],
    languages: [{ id: 'l', language: 'Danish' }],
    certificates: [{ id: 'c', name: 'Oven Licence' }],
    awards: [{ id: 'a', title: 'Best Bun' }],
    publications: [{ id: 'b', name: 'Bun Times' }],
    volunteer: [{ id: 'v', organization: 'Soup Kitchen Sample' }],
    interests: [{ id: 'i', name: 'Rowing' }],
    references: [{ id: 'r', name: 'Cy Example' }],
    github: null,
    socialMedia: { skype: { handle: 'bo.sample' } },
  });
}

/** A person and one position. */
export function almostEmptyCv(): CvDocument {
  return stored({
    ...emptyCv(),
    personalInfo: { name: 'Cy Example' },
    workExperience: [{ id: 'w1', position: 'Cook', company: 'Diner Sample' }],
  });
}

/** As the store gives it: in the order in which it is shown. */
function stored(cv: CvDocument): CvDocument {
  return readCv(JSON.stringify(cv));
}
