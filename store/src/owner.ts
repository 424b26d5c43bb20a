import { type Stats, statSync } from 'node:fs';

/**
 * Has this process act as the owner of `folder` from here on, where it is root and the folder is another
 * user's: what it makes there is then that user's, who could not write root's files. Else it does nothing.
 * Throws a system error where there is no such folder, or root may not do so (`EPERM`, `EINVAL`).
 */
export function becomeOwnerOf(folder: string): void {
  const { uid, gid } = statSync(folder);
  if (!isRootElsewhere(uid)) return;
  // Not root's either: a group of its own would still let it write there.
  process.setgroups?.([gid]);
  process.setgid?.(gid);
  process.setuid?.(uid);
  // Root's home, which programs that are started would look into, is closed to it.
  delete process.env.HOME;
}

/** Runs `work`, which must be done when it returns, as `becomeOwnerOf` would, and is root again then. */
export function asOwnerOf<Result>(folder: string, work: () => Result): Result {
  const { uid, gid } = statSync(folder);
  if (!isRootElsewhere(uid)) return work();
  return asUser({ uid, gid }, work);
}

/** Root, in a folder that is not root's. */
function isRootElsewhere(uid: number): boolean {
  return process.getuid?.() === 0 && uid !== 0;
}

function asUser<Result>({ uid, gid }: Pick<Stats, 'uid' | 'gid'>, work: () => Result): Result {
  const groups = process.getgroups?.() ?? [];
  const group = process.getegid?.() ?? 0;
  try {
    process.setgroups?.([gid]);
    process.setegid?.(gid);
    process.seteuid?.(uid);
    return work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(group);
    process.setgroups?.(groups);
  }
}
