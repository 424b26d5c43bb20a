import { cv } from '../../../../../server/src/products/cv';

describe('the operations of the CV Website', () => {
  it('are reading for any key, and changing for one that may manage', () => {
    for (const { id, method, access } of cv.operations) {
      expect([id, access]).toEqual([id, method === 'get' ? 'any' : 'manage']);
    }
  });

  it('have examples that are as their schemas say, and no other fields', () => {
    for (const { id, responses } of cv.operations) {
      const { schema, examples = {} } = responses['200']!;
      for (const example of Object.values(examples)) {
        expect([id, schema?.parse(example)]).toEqual([id, example]);
      }
    }
  });
});
