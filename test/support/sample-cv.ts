import { applyChange, applySync, type CvDocument, emptyCv } from '@careerhooks/cv';

/** The operations of the CV Website's document, with their data as printed. */
export const OPERATIONS = [
  {
    action: 'update',
    section: 'personalInfo',
    data: {
      name: 'Name Surname',
      title: 'Senior 3D Artist & AI Specialist',
      email: 'name@example.com',
      phone: '+00 000 000 000',
      location: 'Warsaw, Poland',
      summary: 'Professional summary here...',
    },
  },
  {
    action: 'update',
    section: 'workExperience',
    data: [
      {
        id: 'job-1',
        position: 'Senior 3D Artist',
        company: 'Freelance',
        startDate: '2018',
        endDate: 'Present',
        responsibilities: ['Create 3D models and animations', 'Develop educational content'],
        achievements: ['Completed 150+ projects', 'Generated $2.5M+ in approvals'],
      },
    ],
  },
  {
    action: 'update',
    section: 'skills',
    data: [
      {
        id: '3d-animation',
        category: '3D Animation & Modeling',
        skills: [
          { name: 'Blender', level: 'Expert', years: 6 },
          { name: 'Unreal Engine', level: 'Advanced', years: 4 },
        ],
      },
    ],
  },
  {
    action: 'add',
    section: 'projects',
    data: {
      id: 'new-project',
      name: 'AI Avatar System',
      description: 'Interactive AI-powered avatars',
      startDate: '2023-01',
      endDate: '2023-12',
      technologies: ['ConvAI', 'Blender', 'Python'],
      achievements: ['Developed 12 interactive avatars', 'Improved response time by 45%'],
    },
  },
  {
    action: 'sync',
    section: 'github',
    data: { username: 'octocat', repositories: ['SlotMachine', 'portfolio3.0', 'just_cv'] },
  },
  {
    action: 'update',
    section: 'socialMedia',
    data: {
      youtube: { handle: '@handle', subscribers: 25000, videos: 150 },
      instagram: { handle: '@handle', followers: 12000, posts: 200 },
    },
  },
] as const;

/** The CV after all of them. */
export function sampleCv(): CvDocument {
  const cv = OPERATIONS.reduce((current, change) => applyChange(current, change).cv, emptyCv());
  return applySync(cv, {
    username: 'octocat',
    repositories: ['SlotMachine', 'portfolio3.0', 'just_cv'].map((name, index) => ({
      name,
      description: index === 1 ? null : `What ${name} is`,
      stars: index,
      languages: ['TypeScript', 'CSS'],
      topics: ['demo'],
      pushedAt: '2024-11-14T10:05:00Z',
      url: `https://github.com/octocat/${name}`,
    })),
  }).cv;
}
