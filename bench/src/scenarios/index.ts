import { accepting } from './accepting';
import { clients } from './clients';
import { held } from './held';
import { history } from './history';
import { idle } from './idle';
import { failing, hanging, wavering } from './neighbours';
import { processes } from './processes';
import type { Scenario } from './scenario';
import { batches, endpoints, fanOut } from './shapes';

/** All of them, in the order in which they are measured. */
export const SCENARIOS: readonly Scenario[] = [
  clients,
  accepting,
  endpoints,
  fanOut,
  batches,
  idle,
  failing,
  hanging,
  wavering,
  history,
  held,
  processes,
];
