/**
 * The house from below: of each place, its floors, each with its rooms. A room uses those below it, and
 * none beside or above it. Folders that use each other are one room, `a|b`. Files that are named nowhere
 * are free.
 */
const FLOORS = {
  '': [
    ['systems', 'egress', 'store', 'temporal', 'workflows', 'nodes|credentials'],
    ['cv', 'destinations'],
    ['worker', 'server'],
    ['cli'],
    ['bench'],
    ['test', 'docs', 'examples'],
  ],
  'systems/src/': [
    ['json', 'standard-webhooks'],
    ['challenge', 'cv', 'pathfinder', 'proposals', 'resumebuilder', 'roleready'],
    ['registry'],
  ],
  'store/src/': [
    ['databases'],
    ['outcomes', 'postgres', 'purge', 'settings'],
    ['cv|deliveries|endpoints|events|journal|keys', 'wake-ups'],
    ['invitations', 'migrations', 'stats'],
    ['backups'],
    ['open'],
  ],
  'cv/src/': [
    ['sections'],
    ['changes', 'github', 'html', 'notify', 'pdf', 'themes'],
    ['fonts', 'json-resume'],
  ],
  'worker/src/': [
    ['attempts'],
    ['cv', 'dispatch', 'verification'],
    ['activities'],
    ['engine|remote-engine'],
  ],
  'server/src/': [
    ['problems', 'schemas'],
    ['examples', 'present'],
    ['access|limits'],
    ['openapi'],
    ['endpoints', 'cv'],
    ['operations'],
    ['products'],
    ['app'],
  ],
  'cli/src/': [['cv', 'fonts', 'listen', 'start'], ['demo'], ['main']],
  'nodes/': [['api'], ['options'], ['CareerHooks', 'CareerHooksTrigger']],
  'bench/src/': [['run'], ['measures', 'report'], ['scenarios']],
};

module.exports = { FLOORS };
