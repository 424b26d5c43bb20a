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

interface State {
  connected: ConnectedTo | undefined;
  there: boolean;
  /** Aborts when it is away; each return makes another. */
  absence: AbortController;
  /** The check that is under way: however many want to know, it is asked once. */
  checking: Promise<boolean> | undefined;
  /** Aborts where it is to be probed at once. */
  probeNow: AbortController;
  stopping: AbortController;
  /** What the log says of it, and when that was said, by `performance.now()`. */
  said: { at: number; away: boolean };
  log: Logger;
}

export function createPresence(log: Logger): Presence {
  const state: State = {
    connected: undefined,
    there: false,
    absence: new AbortController(),
    checking: undefined,
    probeNow: new AbortController(),
    stopping: new AbortController(),
    said: { at: -Infinity, away: false },
    log,
  };
  return {
    connect(to) {
      state.connected = to;
      state.there = true;
    },
    isThere: () => state.there,
    ask: (ms, work, isAnswer = () => false) => ask(state, { ms, work, isAnswer }),
    check() {
      state.checking ??= check(state).finally(() => (state.checking = undefined));
      return state.checking;
    },
    doubt() {
      state.probeNow.abort();
      lose(state);
    },
    stop: () => state.stopping.abort(),
  };
}

async function ask<Answer>(
  state: State,
  question: {
    ms: number;
    work: (client: Client) => Promise<Answer>;
    isAnswer: (error: unknown) => boolean;
  },
): Promise<Answer> {
  const { connected, there, absence } = state;
  if (connected === undefined || !there) throw new Away();
  const { ms, work, isAnswer } = question;
  const { client } = connected;
  const call = (): Promise<Answer> => client.withDeadline(Date.now() + ms, () => work(client));
  try {
    return await within(ms, call, absence.signal);
  } catch (error) {
    // What was asked before it went away says nothing of it now.
    if (!absence.signal.aborted && !isAnswer(error)) lose(state, error);
    throw error;
  }
}

function check(state: State): Promise<boolean> {
  const asked = ask(state, { ms: PROBE_TIMEOUT_MS, work: systemInfo, isAnswer: () => false });
  return asked.then(
    () => true,
    () => false,
  );
}

/** It is away from now on, until a probe is answered. */
function lose(state: State, error?: unknown): void {
  if (!state.there) return;
  state.there = false;
  state.absence.abort(new Away());
  if (error !== undefined) tell(state, error);
  void untilReturn(state);
}

async function untilReturn(state: State): Promise<void> {
  const { connected, log } = state;
  if (connected === undefined) return;
  do {
    await rest(state);
    if (state.stopping.signal.aborted) return;
  } while (!(await answers(state, connected)));
  state.there = true;
  state.absence = new AbortController();
  if (state.said.away) log.info('Temporal answers again');
  state.said.away = false;
  connected.returned?.();
}

/** Until the next probe. */
async function rest(state: State): Promise<void> {
  const signal = AbortSignal.any([state.stopping.signal, state.probeNow.signal]);
  await sleep(PROBE_EVERY_MS, undefined, { signal }).catch(() => undefined);
  state.probeNow = new AbortController();
}

async function answers(state: State, { client, prepare }: ConnectedTo): Promise<boolean> {
  try {
    await within(PROBE_TIMEOUT_MS, () => systemInfo(client));
    await prepare?.();
    return true;
  } catch (error) {
    tell(state, error);
    return false;
  }
}

function tell(state: State, error: unknown): void {
  if (performance.now() - state.said.at < SAY_AGAIN_AFTER_MS) return;
  state.said = { at: performance.now(), away: true };
  state.log.warn(
    { err: error },
    'Temporal does not answer; first attempts go out, the rest waits until it does',
  );
}

async function systemInfo(client: Client): Promise<void> {
  await client.workflowService.getSystemInfo({});
}
