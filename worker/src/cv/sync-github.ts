import { activityInfo } from '@temporalio/activity';
import { applySync, readCv } from '@careerhooks/cv';
import type { CvStepOutcome } from '@careerhooks/workflows';
import type { CvContext } from './cv-context';
import { readGitHub } from './read-github';
import { runStep } from './run-step';

/** Reads the repositories that a `sync` asked for, and writes them into the CV. */
export function syncGitHub(context: CvContext, changeId: string): Promise<CvStepOutcome> {
  return runStep(context, { step: 'github', changeId }, async ({ data }) => {
    const { github, leftOut } = await readGitHub(context, context.services, data);
    return {
      ...(leftOut.length > 0 && { notes: leftOut }),
      startedAt: activityInfo().scheduledTimestampMs,
      change: (document) => JSON.stringify(applySync(readCv(document), github).cv),
      event: {
        type: 'cv.synced',
        data: {
          section: 'github',
          username: github.username,
          repositories: github.repositories.map(({ name }) => name),
        },
      },
    };
  });
}
