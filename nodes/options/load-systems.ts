import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { listSystems } from '../api/systems';

/**
 * The systems to choose from. A key stands for one system: its entry has the empty value, which
 * is the default, so that there is nothing to choose.
 */
export async function loadSystems(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const { me, systems } = await listSystems(this);
  return systems.map(({ key, name, description }) => ({
    name: me.system === null ? name : `${name} (the Token's Own)`,
    value: me.system === null ? key : '',
    description,
  }));
}
