import { findSystem, type System } from '@careerhooks/systems';
import { chooseKeys } from '../../../../server/src/endpoints/choose-keys';

const system = findSystem('roleready') as System;
const current = chooseKeys(system, { secret: 'a secret of the owner' }, undefined);

describe('chooseKeys', () => {
  it('makes keys for a new endpoint, of the owner’s secret where there is one', () => {
    expect(current.secret).toBe('a secret of the owner');
    expect(chooseKeys(system, {}, undefined).secret).not.toBe(
      chooseKeys(system, {}, undefined).secret,
    );
  });

  it('keeps those in use, the very object, unless they are to be others', () => {
    expect(chooseKeys(system, {}, current)).toBe(current);
    expect(chooseKeys(system, { secret: current.secret }, current)).toBe(current);
    expect(chooseKeys(system, { secret: 'another of the owner' }, current)).toMatchObject({
      secret: 'another of the owner',
    });
  });

  it('adds Ed25519 to the secret in use, once, and never takes it away', () => {
    const both = chooseKeys(system, { ed25519: true }, current);
    expect(both).toMatchObject({ ...current, privateKey: expect.any(String) });
    expect(chooseKeys(system, { ed25519: true }, both)).toBe(both);
    expect(chooseKeys(system, { secret: 'another of the owner' }, both)).toMatchObject({
      secret: 'another of the owner',
      privateKey: both.privateKey,
    });
  });
});
