import type { INodePropertyOptions } from 'n8n-workflow';

/** The sections of the CV that are lists of items with an ID. */
const lists: readonly INodePropertyOptions[] = [
  { name: 'Awards', value: 'awards' },
  { name: 'Certificates', value: 'certificates' },
  { name: 'Education', value: 'education' },
  { name: 'Interests', value: 'interests' },
  { name: 'Languages', value: 'languages' },
  { name: 'Projects', value: 'projects' },
  { name: 'Publications', value: 'publications' },
  { name: 'References', value: 'references' },
  { name: 'Skills', value: 'skills', description: 'Categories of skills' },
  { name: 'Volunteer', value: 'volunteer' },
  { name: 'Work Experience', value: 'workExperience' },
];

/** The lists and these other sections, in the order of their names, as n8n wants options. */
export function sectionsWith(...others: readonly INodePropertyOptions[]): INodePropertyOptions[] {
  return [...lists, ...others].sort((one, other) => one.name.localeCompare(other.name));
}
