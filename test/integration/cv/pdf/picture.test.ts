import { deflateSync } from 'node:zlib';
import { DESIGN_NAMES, emptyCv, renderPdf } from '@careerhooks/cv';
import { readPdf, type StructureNode } from '../../../support/pdf-content';
import { sparseCv } from '../../../support/rich-cv';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  // Nobody here reads the check sum.
  return Buffer.concat([length, Buffer.from(type, 'latin1'), content, Buffer.alloc(4)]);
}

/** A PNG of 8 bits a sample; with an alpha channel, and of four pixels by four unless told. */
function png({ width = 4, height = 4, colours = 6, interlaced = 0, data }: Partial<Png> = {}) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = colours;
  header[12] = interlaced;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', data ?? deflateSync(Buffer.alloc(68))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

interface Png {
  width: number;
  height: number;
  colours: number;
  interlaced: number;
  data: Buffer;
}

/** The smallest JPEG: one grey pixel. */
const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  'base64',
);

async function render(image: string, style = DESIGN_NAMES[0]) {
  const cv = sparseCv();
  const personalInfo = { ...cv.personalInfo, image };
  const { content, notes } = await renderPdf({ ...cv, personalInfo }, { style });
  return { ...readPdf(content), notes };
}

const dataUrl = (type: string, data: Buffer): string =>
  `data:image/${type};base64,${data.toString('base64')}`;

function figureIn({ role, alt, children = [] }: StructureNode): string | undefined {
  return role === 'Figure' ? alt : children.map(figureIn).find((found) => found !== undefined);
}

test.each(DESIGN_NAMES)('a picture is in the header of %s, and says whose it is', async (style) => {
  for (const image of [
    dataUrl('png', png()),
    dataUrl('png', png({ colours: 2 })),
    dataUrl('jpeg', JPEG),
  ]) {
    const { pictures, structure, notes } = await render(image, style);
    expect(pictures).toBe(1);
    expect(notes).toEqual([]);
    expect(structure.map(figureIn)).toEqual(['Picture of Jo Doe']);
  }
});

test('one that is elsewhere is not fetched', async () => {
  const { pictures, notes } = await render('https://example.com/face.png');
  expect({ pictures, notes }).toEqual({ pictures: 0, notes: [] });
});

test.each([
  ['is no picture', 'png', Buffer.from('GIF89a')],
  ['is empty', 'jpeg', Buffer.alloc(1)],
  ['is no JPEG behind its first bytes', 'jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0])],
  ['is cut', 'png', png().subarray(0, 20)],
  ['does not unpack', 'png', png({ data: Buffer.from('nothing that unpacks') })],
  ['ends too early', 'png', png({ data: deflateSync(Buffer.alloc(3)) })],
  ['has no palette', 'png', png({ colours: 3 })],
  ['is larger than a CV needs', 'png', png({ width: 4_500, height: 4_000 })],
  ['is interlaced', 'png', png({ interlaced: 1, data: deflateSync(Buffer.alloc(83)) })],
  ['has lost its end', 'png', png().subarray(0, -12)],
])('one that %s is left out, and told', async (_, type, data) => {
  const { pictures, notes, pages } = await render(dataUrl(type, data));
  expect(pictures).toBe(0);
  expect(notes).toEqual([
    expect.stringMatching(/^The picture is left out, since it cannot be read: /),
  ]);
  expect(pages[0]).toContain('Jo Doe');
});

test('a CV with a picture alone is a page', async () => {
  const { content } = await renderPdf({
    ...emptyCv(),
    personalInfo: { image: dataUrl('png', png()) },
  });
  expect(readPdf(content).pictures).toBe(1);
});
