import { markdownTable } from '../../../../bench/src/report/markdown-table';

describe('a Markdown table', () => {
  it('has cells as wide as their column, as Prettier would have it', () => {
    expect(
      markdownTable([
        ['', 'a second', 'of the limit'],
        ['16 clients', '1,234', '24.7 %'],
        ['a | b', '', ''],
      ]),
    ).toBe(
      [
        '|            | a second | of the limit |',
        '| ---------- | -------: | -----------: |',
        '| 16 clients |    1,234 |       24.7 % |',
        '| a \\| b     |          |              |',
      ].join('\n'),
    );
  });
});
