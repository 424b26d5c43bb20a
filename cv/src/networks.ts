/** A network by its key, as `socialMedia` has it. */
interface Network {
  name: string;
  /** The address of an account, where a handle alone tells it. */
  profile?: (handle: string) => string | undefined;
}

const NETWORKS: Readonly<Record<string, Network>> = {
  artstation: at('ArtStation', 'https://www.artstation.com/'),
  behance: at('Behance', 'https://www.behance.net/'),
  bitbucket: at('Bitbucket', 'https://bitbucket.org/'),
  bluesky: at('Bluesky', 'https://bsky.app/profile/'),
  codepen: at('CodePen', 'https://codepen.io/'),
  devto: at('DEV', 'https://dev.to/'),
  dribbble: at('Dribbble', 'https://dribbble.com/'),
  facebook: at('Facebook', 'https://www.facebook.com/'),
  github: at('GitHub', 'https://github.com/'),
  gitlab: at('GitLab', 'https://gitlab.com/'),
  hackernews: at('Hacker News', 'https://news.ycombinator.com/user?id='),
  huggingface: at('Hugging Face', 'https://huggingface.co/'),
  instagram: at('Instagram', 'https://www.instagram.com/'),
  kaggle: at('Kaggle', 'https://www.kaggle.com/'),
  linkedin: at('LinkedIn', 'https://www.linkedin.com/in/'),
  mastodon: { name: 'Mastodon', profile: mastodonProfile },
  medium: at('Medium', 'https://medium.com/@'),
  npm: at('npm', 'https://www.npmjs.com/~'),
  orcid: at('ORCID', 'https://orcid.org/'),
  pinterest: at('Pinterest', 'https://www.pinterest.com/'),
  reddit: at('Reddit', 'https://www.reddit.com/user/'),
  researchgate: at('ResearchGate', 'https://www.researchgate.net/profile/'),
  skype: { name: 'Skype' },
  soundcloud: at('SoundCloud', 'https://soundcloud.com/'),
  stackoverflow: { name: 'Stack Overflow' },
  substack: { name: 'Substack', profile: substackProfile },
  telegram: at('Telegram', 'https://t.me/'),
  threads: at('Threads', 'https://www.threads.net/@'),
  tiktok: at('TikTok', 'https://www.tiktok.com/@'),
  twitch: at('Twitch', 'https://www.twitch.tv/'),
  twitter: at('Twitter', 'https://x.com/'),
  vimeo: at('Vimeo', 'https://vimeo.com/'),
  x: at('X', 'https://x.com/'),
  xing: at('XING', 'https://www.xing.com/profile/'),
  youtube: at('YouTube', 'https://www.youtube.com/@'),
};

/** What a network is called: `YouTube` for `youtube`; others with a capital letter. */
export function networkName(key: string): string {
  return NETWORKS[keyOf(key)]?.name ?? key.charAt(0).toUpperCase() + key.slice(1);
}

/** Whether this is the key of a network that has a name here. */
export function isKnown(key: string): boolean {
  return Object.hasOwn(NETWORKS, key);
}

/** The key of a network by its name: `stackoverflow` for `Stack Overflow`. */
export function networkKey(name: string): string {
  const key = keyOf(name);
  return Object.hasOwn(NETWORKS, key)
    ? key
    : name
        .trim()
        .toLowerCase()
        .replace(/[^\w.-]+/g, '-');
}

/** Whether two names are the same but for case, blanks and the like. */
export function isSameName(one: string, other: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/[\s._-]+/g, '');
  return plain(one) === plain(other);
}

/** The address of an account; undefined where its network is not known, or the handle is none. */
export function profileUrl(key: string, handle: string): string | undefined {
  const plain = handle.trim().replace(/^@/, '');
  if (!/^(?!\.+$)[\p{L}\p{N}._@+-]+$/u.test(plain)) return undefined;
  return NETWORKS[keyOf(key)]?.profile?.(plain);
}

function at(name: string, prefix: string): Network {
  return { name, profile: (handle) => prefix + encodeURIComponent(handle) };
}

/** The handle is a label of a host. */
function substackProfile(handle: string): string | undefined {
  return /^[a-z\d-]+$/i.test(handle) ? `https://${handle}.substack.com` : undefined;
}

/** `@user@host` */
function mastodonProfile(handle: string): string | undefined {
  const [user = '', host] = handle.split('@');
  return host === undefined || host === '' ? undefined : `https://${host}/@${user}`;
}

function keyOf(name: string): string {
  const key = name.toLowerCase().replace(/[\s._-]+/g, '');
  return Object.hasOwn(NETWORKS, key) ? key : name;
}
