import { systems } from '@careerhooks/systems';
import { readSettings, SetupError } from '../../../cli/src/settings';

describe("the products' token settings", () => {
  it('are read for each system', () => {
    const { tokens } = readSettings({
      ROLEREADY_JWT_SECRET: 'a secret of at least 32 characters',
      PATHFINDER_JWKS_URL: 'https://pathfinder.example/jwks.json',
      PATHFINDER_JWT_ISSUER: 'https://pathfinder.example',
      PATHFINDER_JWT_AUDIENCE: 'webhooks',
    });
    expect(Object.keys(tokens)).toEqual([...systems.keys()]);
    expect(tokens.roleready).toEqual({ secret: 'a secret of at least 32 characters' });
    expect(tokens.pathfinder).toEqual({
      jwksUrl: 'https://pathfinder.example/jwks.json',
      issuer: 'https://pathfinder.example',
      audience: 'webhooks',
    });
    expect(tokens.cv).toEqual({});
  });

  it.each([
    ['ROLEREADY_JWT_SECRET', 'short'],
    ['PROPOSALS_JWKS_URL', 'not a url'],
    ['PROPOSALS_JWKS_URL', 'file:///keys.json'],
  ])('names what is wrong: %s', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(SetupError);
    expect(() => readSettings({ [name]: value })).toThrow(name);
  });
});
