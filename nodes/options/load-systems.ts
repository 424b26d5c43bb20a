import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { listSystems } from '../api/systems';

/**
 * The systems to choose from. A key stands for one system: with the empty value, which is the
 * default, there is nothing to choose, and a workflow that names the system fits as well.
 */
export async function loadSystems(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const { me, systems } = await listSystems(this);
  const named = systems.map(({ key, name, description }) => ({ name, value: key, description }));
  if (me.system === null) return named;
  return [
    ...named.map((own) => ({ ...own, name: `${own.name} (the Token's Own)`, value: '' })),
    ...named,
  ];
}
