import { almostEmptyCv, fullCv, sparseCv } from '../../support/full-cv';

/** What a page should show: a text, or (with `→`) a link to it. */
type Facts = Readonly<Record<string, string>>;

const FULL: Facts = {
  name: 'Ada Example',
  title: 'Senior Engineer',
  mail: 'ada@example.com',
  phone: '123 45 67',
  city: 'Warsaw',
  website: '→ada.example.com',
  summary: 'Builds engines',
  'second paragraphs': 'Second paragraph of hers',
  GitHub: '→https://github.com/ada-example',
  LinkedIn: '→https://www.linkedin.com/in/ada-sample',
  employers: 'Northwind Example',
  'the second employer': 'Contoso Sample',
  positions: 'Chief Engineer',
  'the last position': 'Intern',
  "employers' sites": '→northwind.example.com',
  'what companies do': 'Wind parks',
  'summaries of positions': 'Leads the platform team',
  responsibilities: 'Plans the platform',
  achievements: 'Shipped v2 on time',
  'technologies of positions': 'PostgreSQL',
  education: 'Warsaw Sample University',
  area: 'Computer Science',
  degree: 'Master',
  score: '4.9',
  courses: 'Compilers',
  skills: 'Backend Craft',
  'levels of skills': 'Virtuoso',
  'single skills': 'Node.js',
  projects: 'Turbine Planner',
  "projects' achievements": 'Won a prize',
  "projects' technologies": 'WebGL',
  repositories: 'rotor-kit',
  languages: 'Polish',
  fluency: 'Native speaker',
  certificates: 'Certified Gardener',
  awards: 'Golden Rotor',
  publications: 'On Rotors',
  volunteering: 'Code for Sample',
  'points of volunteering': 'Mentored 20 people',
  interests: 'Beekeeping',
  'keywords of interests': 'Wild bees',
  references: 'Grace Sample',
};

const SPARSE: Facts = {
  name: 'Bo Example',
  employers: 'Bakery Sample',
  'the second employer': 'Van Sample',
  positions: 'Baker',
  'the last position': 'Driver',
  education: 'School of Sample',
  skills: 'Baking',
  projects: 'Bread Book',
  languages: 'Danish',
  certificates: 'Oven Licence',
  awards: 'Best Bun',
  publications: 'Bun Times',
  volunteering: 'Soup Kitchen Sample',
  interests: 'Rowing',
  references: 'Cy Example',
  'accounts without an address': 'bo.sample',
};

const ALMOST_EMPTY: Facts = {
  name: 'Cy Example',
  employers: 'Diner Sample',
  positions: 'Cook',
};

/** The CVs, with what a page of each should show. */
export const CVS = {
  rich: { cv: fullCv(), facts: FULL },
  sparse: { cv: sparseCv(), facts: SPARSE },
  'almost empty': { cv: almostEmptyCv(), facts: ALMOST_EMPTY },
} as const;

export type CvName = keyof typeof CVS;
