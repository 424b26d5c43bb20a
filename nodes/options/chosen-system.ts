import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { listSystems, type System } from '../api/systems';

/** The system of the node's field; a key's own where none is chosen. Undefined where it is open. */
export async function chosenSystem(context: ILoadOptionsFunctions): Promise<System | undefined> {
  const chosen = context.getCurrentNodeParameter('system') ?? '';
  const { systems } = await listSystems(context);
  return (
    systems.find(({ key }) => key === chosen) ?? (systems.length === 1 ? systems[0] : undefined)
  );
}
