import { excerpt } from '../../../../worker/src/attempts/excerpt';

describe('the excerpt of an answer', () => {
  it('is its first kibibyte', () => {
    expect(excerpt(Buffer.alloc(5000, 'a'))).toHaveLength(1024);
  });

  it('is text that every database can hold', () => {
    expect(excerpt(Buffer.from([0x61, 0x00, 0xff, 0x62]))).toBe('a\uFFFD\uFFFDb');
  });
});
