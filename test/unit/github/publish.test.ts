import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Job {
  needs?: string;
  permissions?: Record<string, string>;
  steps: { uses?: string; run?: string; with?: Record<string, unknown> }[];
}

const { on, permissions, jobs } = parse(
  readFileSync(join(__dirname, '../../../.github/workflows/publish.yml'), 'utf8'),
) as { on: unknown; permissions: unknown; jobs: Record<'check' | 'publish', Job> };

describe('the publication of the package', () => {
  const commands = jobs.publish.steps.flatMap(({ run }) => run ?? []);

  it('is of a tagged version that has passed everything', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(jobs.check.steps.map(({ run }) => run)).toContain('.ci/run');
    expect(jobs.publish.needs).toBe('check');
    expect(commands.join('\n')).toContain('"$GITHUB_REF_NAME" = "v$(node -p');
  });

  it('is signed, by the only job that may', () => {
    expect(permissions).toEqual({ contents: 'read' });
    expect(jobs.check.permissions).toBeUndefined();
    expect(jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(commands.at(-1)).toContain('npm publish --provenance --access public');
  });

  it('runs nothing of dependencies at installation, and leaves how to log in to npm', () => {
    expect(commands.filter((command) => command.startsWith('npm ci'))).toEqual([
      'npm ci --ignore-scripts',
    ]);
    // It would have npm send a token that is not there, and never ask GitHub for one.
    for (const step of jobs.publish.steps)
      expect(step.with ?? {}).not.toHaveProperty('registry-url');
  });
});
