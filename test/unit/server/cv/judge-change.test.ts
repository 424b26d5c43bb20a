import { CvError } from '@careerhooks/cv';
import { judgeOf } from '../../../../server/src/cv/judge-change';

const add = { action: 'add', section: 'skills', data: { id: 'cooking', category: 'Cooking' } };

describe('judgeOf', () => {
  it('gives the CV with the change, its event, and the ids that changed', () => {
    const verdict = judgeOf(add)('');
    expect(verdict).toMatchObject({ continues: true, event: { type: 'cv.item_added' } });
    if ('failure' in verdict) throw verdict.failure;
    expect(verdict.ids).toEqual(['cooking']);
    expect(verdict.event?.data).toEqual({ section: 'skills', ids: ['cooking'] });
    expect(JSON.parse(verdict.document ?? '')).toMatchObject({ skills: [add.data] });
  });

  it('judges by the CV that it is given, not by one from before', () => {
    const judge = judgeOf(add);
    const first = judge('');
    if ('failure' in first) throw first.failure;
    expect(judge(first.document ?? '')).toEqual({ failure: expect.any(CvError) });
    expect(judge('')).toEqual(first);
  });

  it('refuses what the CV cannot take, with its issues', () => {
    const verdict = judgeOf({ ...add, section: 'hobbies' })('');
    expect(verdict).toMatchObject({ failure: { code: 'INVALID_SECTION' } });
  });

  it('refuses text that cannot be stored, by its path', () => {
    const verdict = judgeOf({ ...add, data: { category: 'a\0b', skills: ['\ud800'] } })('');
    expect(verdict).toMatchObject({
      failure: {
        code: 'VALIDATION_FAILED',
        issues: [{ path: 'data.category' }, { path: 'data.skills[0]' }],
      },
    });
  });

  it('leaves the CV to the workflow of a sync', () => {
    const sync = {
      action: 'sync',
      section: 'github',
      data: { username: 'octocat', repositories: ['hello'] },
    };
    const verdict = judgeOf(sync)('');
    expect(verdict).toMatchObject({ continues: true });
    expect(verdict).not.toHaveProperty('document');
  });
});
