import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { within } from './within';

/**
 * Whether Temporal is there. It is taken for away when a call is not answered; then it is asked once a second until
 * it answers again, and until then nobody asks it anything else, or waits for it.
 *
 * - *Not connected*: nothing is known of it; it counts as away.
 * - *There*: calls go to it. One that it does not answer, or `check`, finds that it is *away*.
 * - *Away*: calls fail at once, those too that were under way. A probe that is answered, and `prepare` with it, makes it *there*.
 */
export interface Presence {
  /** It answers, and is set up. */
  connect(to: ConnectedTo): void;
  isThere(): boolean;
  /**
   * What `work` gives, which has `ms` milliseconds; rejects at once with `Away` while Temporal is away.
   *
   * @param isAnswer whether an error is Temporal's answer to this one call, and says nothing of Temporal.
   */
  ask<Answer>(
    ms: number,
    work: (client: Client) => Promise<Answer>,
    isAnswer?: (error: unknown) => boolean,
  ): Promise<Answer>;
  /** Asks it now, for less than a second; never rejects. */
  check(): Promise<boolean>;
  /** It may be another one, or have another store, than a moment ago: has it prepared again. */
  doubt(): void;
  stop(): void;
}

interface ConnectedTo {
  client: Client;
  /** Before it counts as there again. While it rejects, Temporal is away. */
  prepare?: () => Promise<void>;
  /** It is there again. */
  returned?: () => void;
}

/** Temporal is known to be away: nobody asked it. */
class Away extends Error {
  constructor() {
    super('Temporal is away');
    this.name = 'Away';
  }
}

const PROBE_EVERY_MS = 1_000;
/** How long Temporal may take to say that it is there; whoever asks for our readiness waits for it. */
const PROBE_TIMEOUT_MS = 500;
/** An outage in which some calls are answered would otherwise be told of each second. */
const SAY_AGAIN_AFTER_MS = 30_000;

export function createPresence(log: Logger): Presence {
  const stopping = new AbortController();
  let connected: ConnectedTo | undefined;
  let there = false;
  /** Aborts when it is away; each return makes another. */
  let absence = new AbortController();
  let checking: Promise<boolean> | undefined;
  let hurried = new AbortController();
  let said = { at: -Infinity, away: false };

  async function ask<Answer>(
    ms: number,
    work: (client: Client) => Promise<Answer>,
    isAnswer: (error: unknown) => boolean = () => false,
  ): Promise<Answer> {
    if (connected === undefined || !there) throw new Away();
    const { client } = connected;
    const call = (): Promise<Answer> => client.withDeadline(Date.now() + ms, () => work(client));
    const { signal } = absence;
    try {
      return await within(ms, call, signal);
    } catch (error) {
      // What was asked before it went away says nothing of it now.
      if (!signal.aborted && !isAnswer(error)) lose(error);
      throw error;
    }
  }

  async function probe({ client, prepare }: ConnectedTo): Promise<void> {
    await within(PROBE_TIMEOUT_MS, () => systemInfo(client));
    await prepare?.();
  }

  function lose(error?: unknown): void {
    if (!there) return;
    there = false;
    absence.abort(new Away());
    if (error !== undefined) tell(error);
    void untilReturn();
  }

  async function untilReturn(): Promise<void> {
    if (connected === undefined) return;
    do {
      await rest();
      if (stopping.signal.aborted) return;
    } while (!(await answers(connected)));
    there = true;
    absence = new AbortController();
    if (said.away) log.info('Temporal answers again');
    said.away = false;
    connected.returned?.();
  }

  async function answers(to: ConnectedTo): Promise<boolean> {
    try {
      await probe(to);
      return true;
    } catch (error) {
      tell(error);
      return false;
    }
  }

  async function rest(): Promise<void> {
    const signal = AbortSignal.any([stopping.signal, hurried.signal]);
    await sleep(PROBE_EVERY_MS, undefined, { signal }).catch(() => undefined);
    hurried = new AbortController();
  }

  function tell(error: unknown): void {
    if (performance.now() - said.at < SAY_AGAIN_AFTER_MS) return;
    said = { at: performance.now(), away: true };
    log.warn(
      { err: error },
      'Temporal does not answer; first attempts go out, the rest waits until it does',
    );
  }

  async function checkOnce(): Promise<boolean> {
    const asked = ask(PROBE_TIMEOUT_MS, systemInfo);
    return asked.then(
      () => true,
      () => false,
    );
  }

  return {
    connect(to) {
      connected = to;
      there = true;
    },
    isThere: () => there,
    ask,
    check() {
      checking ??= checkOnce().finally(() => (checking = undefined));
      return checking;
    },
    doubt() {
      hurried.abort();
      lose();
    },
    stop: () => stopping.abort(),
  };
}

async function systemInfo(client: Client): Promise<void> {
  await client.workflowService.getSystemInfo({});
}
