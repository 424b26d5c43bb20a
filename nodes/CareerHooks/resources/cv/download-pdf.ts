import { callApi } from '../../../api/call';
import type { Operation } from '../../operation';

/** The CV as a PDF, for an e-mail or a drive. */
export const downloadPdf: Operation = {
  properties: [
    {
      displayName: 'Put Output File in Field',
      name: 'binaryField',
      type: 'string',
      default: 'data',
      required: true,
      hint: 'The name of the output field to put the file in',
    },
    {
      displayName: 'File Name',
      name: 'fileName',
      type: 'string',
      default: 'cv.pdf',
      description: 'What the file is called',
    },
  ],
  async run(context, item) {
    const pdf = await callApi<Uint8Array>(context, {
      method: 'GET',
      path: '/v1/cv/pdf',
      binary: true,
      item,
    });
    const field = context.getNodeParameter('binaryField', item) as string;
    const fileName = context.getNodeParameter('fileName', item) as string;
    const file = await context.helpers.prepareBinaryData(
      Buffer.from(pdf),
      fileName,
      'application/pdf',
    );
    return [{ json: { fileName, size: pdf.length }, binary: { [field]: file } }];
  },
};
