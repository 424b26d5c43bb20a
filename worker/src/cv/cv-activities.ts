import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import {
  applySync,
  channelsOf,
  CvError,
  type FontSettings,
  loadFonts,
  notify,
  NotifyError,
  type NotifySettings,
  type PdfSettings,
  readCv,
  renderInThread,
  SyncError,
  tellMissing,
} from '@careerhooks/cv';
import { type EgressClient, EgressError, type EgressPolicy } from '@careerhooks/egress';
import {
  commitCvStep,
  type CvChangeRecord,
  finishCvChange,
  getCv,
  getCvChange,
  planCvChannels,
  recordCvFailure,
  type Store,
} from '@careerhooks/store';
import type {
  CvActivities,
  CvChannelStep,
  CvFollowingStep,
  CvStepOutcome,
} from '@careerhooks/workflows';
import type { Logger } from 'pino';
import { readGitHub } from './read-github';

/** What the steps of the CV reach, and how. */
export interface CvServices {
  /** Of GitHub's REST API. */
  githubUrl: string;
  githubToken?: string | undefined;
  notify: NotifySettings;
  /** What the PDF is drawn with. */
  fonts: FontSettings;
  /** What it looks like. */
  pdf: Pick<PdfSettings, 'style' | 'paper'>;
  egressPolicy: EgressPolicy;
  /** Log each step. */
  debug: boolean;
}

interface CvContext {
  store: Store;
  egress: EgressClient;
  /** Says that there are deliveries to take. */
  wake(): void;
  log: Logger;
}

/** Binds the steps of a change of the CV to this process. */
export function createCvActivities(context: CvContext, services: CvServices): CvActivities {
  const { store, egress } = context;

  /** Makes a step unless it was made, and writes what came of it into the history. */
  async function step(
    name: CvFollowingStep,
    changeId: string,
    work: (
      change: CvChangeRecord,
    ) => Promise<Omit<Parameters<typeof commitCvStep>[3], 'durationMs'>>,
  ): Promise<CvStepOutcome> {
    const startedAt = performance.now();
    const durationMs = (): number => performance.now() - startedAt;
    const change = await getCvChange(store, changeId);
    if (change === undefined) {
      throw ApplicationFailure.nonRetryable('The change is not in the database.', 'GONE');
    }
    const before = change.steps.find((made) => made.step === name);
    if (before?.status === 'completed' || before?.status === 'skipped')
      return { status: before.status };
    try {
      const result = await work(change);
      await commitCvStep(store, changeId, name, { ...result, durationMs: durationMs() });
      context.wake();
      debug(name, '✅');
      return { status: result.status ?? 'completed' };
    } catch (error) {
      const { code, message } = describe(error);
      await recordCvFailure(store, changeId, name, { code, message, durationMs: durationMs() });
      context.log.warn(
        { change: changeId, step: name, errorCode: code, reason: message },
        'cv: a step failed',
      );
      debug(name, '❌');
      throw ApplicationFailure.create({
        message,
        type: code,
        nonRetryable: isFinal(error),
        ...(error instanceof SyncError &&
          error.retryAt !== undefined && {
            nextRetryDelay: Math.max(1_000, error.retryAt - Date.now()),
          }),
      });
    }
  }

  function debug(name: CvFollowingStep, mark: string): void {
    if (!services.debug) return;
    const titles: Partial<Record<CvFollowingStep, string>> = {
      github: 'GitHub synchronised',
      pdf: 'PDF regenerated',
    };
    const title = titles[name] ?? `Notification sent (${name})`;
    context.log.info(`[WEBHOOK DEBUG] Processing result:\n  - ${title}: ${mark}`);
  }

  async function planNotification(changeId: string): Promise<CvChannelStep[]> {
    const wanted = channelsOf(services.notify);
    const planned = await planCvChannels(
      store,
      changeId,
      wanted.map((channel) => `notification.${channel}` as const),
    );
    // One that was told before a crash, or in an earlier run, is not planned again.
    if (wanted.length === 0 && planned.length === 0) {
      await step('notification', changeId, () => Promise.resolve({ status: 'skipped' }));
    }
    return planned;
  }

  function tellChannel(
    changeId: string,
    name: CvChannelStep,
    givenUp: readonly CvFollowingStep[],
  ): Promise<CvStepOutcome> {
    return step(name, changeId, async ({ action, section }) => {
      const channel = channelsOf(services.notify).find((known) => name === `notification.${known}`);
      // It was set when the notification was planned, and is no more.
      if (channel === undefined) return { status: 'skipped' };
      await notify(channel, noticeOf({ action, section, changeId, givenUp }), {
        settings: services.notify,
        egress,
        egressPolicy: services.egressPolicy,
      });
      return {};
    });
  }

  return {
    syncGitHub: (changeId) =>
      step('github', changeId, async ({ data }) => {
        const { github, leftOut } = await readGitHub(context, services, data);
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
      }),

    regeneratePdf: (changeId) =>
      step('pdf', changeId, async () => {
        const cv = await getCv(store);
        const document = readCv(cv?.document ?? '');
        const fonts = loadFonts(services.fonts);
        const { content, notes } = await renderInThread(document, {
          ...services.pdf,
          fonts: services.fonts,
          madeAt: new Date(cv?.updatedAt ?? 0),
        });
        return {
          pdf: { version: cv?.version ?? 0, content },
          event: { type: 'cv.pdf_regenerated', data: { sizeBytes: content.length } },
          notes: [...notes, ...fonts.problems, ...tellMissing(document, fonts)],
        };
      }),

    planNotification,
    tellChannel,
    notifyOwner: (changeId, givenUp) =>
      step('notification', changeId, async () => {
        const channels = await planNotification(changeId);
        const told = await Promise.allSettled(
          channels.map((channel) => tellChannel(changeId, channel, givenUp)),
        );
        const failure = told.find(({ status }) => status === 'rejected');
        if (failure?.status === 'rejected') throw failure.reason;
        return { status: channelsOf(services.notify).length === 0 ? 'skipped' : 'completed' };
      }),

    finishCvUpdate: async (changeId, givenUp) => {
      const status = await finishCvChange(store, changeId, givenUp);
      context.wake();
      context.log.info({ change: changeId, status }, 'cv update');
      return { status };
    },
  };
}

function noticeOf(of: {
  action: string;
  section: string;
  changeId: string;
  givenUp: readonly CvFollowingStep[];
}): Parameters<typeof notify>[1] {
  const { action, section, changeId, givenUp } = of;
  const outcome = givenUp.length === 0 ? 'was made' : `failed (${givenUp.join(', ')})`;
  return {
    title: givenUp.length === 0 ? `CV changed: ${section}` : `CV change failed: ${section}`,
    text: `The change "${action}" of the section ${section} ${outcome}. Change ${changeId}.`,
    changeId,
  };
}

/** Whether another try would end as this one. */
function isFinal(error: unknown): boolean {
  if (error instanceof CvError) return true;
  return (error instanceof SyncError || error instanceof NotifyError) && error.final;
}

function describe(error: unknown): { code: string; message: string } {
  const message = error instanceof Error ? error.message : String(error);
  const coded = [CvError, SyncError, NotifyError, EgressError].find(
    (kind) => error instanceof kind,
  );
  if (coded !== undefined) return { code: (error as InstanceType<typeof coded>).code, message };
  return { code: 'STEP_FAILED', message };
}
