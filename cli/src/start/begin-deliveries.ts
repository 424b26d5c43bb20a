import { createEngine, type Engine } from '@careerhooks/worker';
import type { Base } from './open-base';
import { startTemporal, type Temporal } from './start-temporal';

/** Starts the engine; first attempts go out from now on, and workflows once `connectTo` has reached Temporal. */
export async function beginDeliveries(base: Base): Promise<{ engine: Engine; temporal: Temporal }> {
  const { settings, store, egress, egressPolicy, log, report, shutdown } = base;
  // Ended after the engine, which is made first.
  const running: { temporal?: Temporal } = {};
  shutdown.add(() => running.temporal?.stop());
  const engine = createEngine({
    store,
    egress,
    retentionMs: settings.retentionMs,
    cv: { ...settings.cv, egressPolicy },
    log,
  });
  shutdown.add(() => engine.stop());
  const temporal = await startTemporal(settings, log, {
    report,
    onReturn: () => engine.reconcile(),
  });
  running.temporal = temporal;
  await engine.start();
  return { engine, temporal };
}
