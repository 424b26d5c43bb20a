import { z } from 'zod';
import { count, text } from '../fields';
import type { EventType } from '../system';

/**
 * The CV website's document names no outbound events. These tell what its inbound operations
 * (update, add, delete, sync) and the PDF regeneration that follows them have done; names of
 * sections and the camel case of fields are the document's.
 */
const changedItems = z.looseObject({
  section: text,
  /** The items that changed; none where the section is one object, such as `personalInfo`. */
  ids: z.array(text),
});

export const events = {
  'cv.updated': {
    description: 'A section of the CV was updated.',
    group: 'cv',
    schema: changedItems,
    example: { section: 'workExperience', ids: ['job-1'] },
  },
  'cv.item_added': {
    description: 'Items were added to a section of the CV.',
    group: 'cv',
    schema: changedItems,
    example: { section: 'projects', ids: ['new-project'] },
  },
  'cv.item_deleted': {
    description: 'Items were deleted from a section of the CV.',
    group: 'cv',
    schema: changedItems,
    example: { section: 'skills', ids: ['3d-animation'] },
  },
  'cv.synced': {
    description: 'Repositories were synchronised from GitHub.',
    group: 'cv',
    schema: z.looseObject({ section: text, username: text, repositories: z.array(text) }),
    example: {
      section: 'github',
      username: 'octocat',
      repositories: ['SlotMachine', 'portfolio3.0', 'just_cv'],
    },
  },
  'cv.pdf_regenerated': {
    description: 'The PDF of the CV was generated anew.',
    group: 'cv',
    schema: z.looseObject({ sizeBytes: count }),
    example: { sizeBytes: 48213 },
  },
  'cv.update_failed': {
    description: 'An operation on the CV failed.',
    group: 'cv',
    schema: z.looseObject({ action: text, section: text, code: text, error: text }),
    example: {
      action: 'sync',
      section: 'github',
      code: 'SYNC_FAILED',
      error: 'GitHub did not answer in time',
    },
  },
} satisfies Record<string, EventType>;
