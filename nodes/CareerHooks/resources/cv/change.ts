import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { callApi } from '../../../api/call';
import { output } from '../../operation';

/** Changes the CV as `docs/cv.md` says; it applies as a whole, or not at all. */
export async function changeCv(
  context: IExecuteFunctions,
  item: number,
  change: {
    action: 'update' | 'add' | 'delete' | 'move' | 'sync';
    section: string;
    data: IDataObject;
  },
): Promise<INodeExecutionData[]> {
  return output(
    await callApi(context, { method: 'POST', path: '/v1/cv/changes', body: change, item }),
  );
}
