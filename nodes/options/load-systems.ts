import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { listSystems } from '../api/systems';
import { inOneMessage } from '../api/whole-message';
import { describeSystem } from './describe-system';

/**
 * The systems to choose from. A key stands for one system, which is chosen already: by the empty
 * value, which is the default, or by its name in a workflow that names it.
 */
export const loadSystems = inOneMessage(async function (
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const { me, systems } = await listSystems(this);
  const named = systems.map((system) => ({
    name: system.name,
    value: system.key,
    description: describeSystem(system),
  }));
  if (me.system === null) return named;
  const chosen = this.getCurrentNodeParameter('system');
  return named.map((own) => (own.value === chosen ? own : { ...own, value: '' }));
});
