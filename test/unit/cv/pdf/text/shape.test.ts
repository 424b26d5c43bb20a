import { join } from 'node:path';
import { type Font, openSync } from 'fontkit';
import { forLayout, shape } from '../../../../../cv/src/pdf/text/shape';

test('where a font has no place for a mark, the text is drawn without placing marks', () => {
  const folder = join(__dirname, '../../../../../cv/fonts');
  const font = forLayout(openSync(join(folder, 'NotoSans-Regular.ttf')) as Font);
  const drawn = (): string[] => shape(font, 'Ada', false).pieces.map(({ text }) => text);
  const before = drawn();
  const layout = font.layout.bind(font);
  font.layout = (text, features, ...more) => {
    if ((features as Record<string, boolean>).mark !== false) throw new TypeError('no anchor');
    return layout(text, features, ...more);
  };
  expect(drawn()).toEqual(before);
});
