/** The import rules of the layers (docs/architecture.md). Layers below, campaigns above; nothing sideways. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^src/${from}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${[from, ...allowed].join('|')})/` },
})
const onlyFrom = (name, from, packages) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: `${from}|\\.test\\.ts$` },
  to: { path: `node_modules/(${packages})` },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('domain-imports-nothing', 'domain', []),
    {
      name: 'domain-imports-no-package',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    only('data-on-domain', 'data', ['domain']),
    only('sync-on-data', 'sync', ['data', 'domain']),
    only('media-on-sync', 'media', ['domain', 'data', 'sync']),
    only('campaign-never-on-a-kind', 'campaign', ['domain', 'data', 'sync', 'media', 'ui', 'i18n']),
    only('ui-on-domain-and-words', 'ui', ['domain', 'i18n']),
    only('i18n-on-domain', 'i18n', ['domain']),
    only('staff-never-on-features', 'staff', ['domain', 'data', 'sync', 'media', 'ui', 'i18n']),
    {
      name: 'worker-without-screens',
      severity: 'error',
      from: { path: '^src/sw/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(sw|domain|data|sync|media)/|^src/features/kinds\\.ts$' },
    },
    {
      name: 'a-kind-describes-itself-in-terms-of-the-domain',
      severity: 'error',
      from: { path: '^src/features/(kinds|[^/]+/kind)\\.ts$' },
      to: {
        path: '^src/',
        pathNot: '^src/(domain/|features/[^/]+/kind\\.ts$)',
        dependencyTypesNot: ['type-only'], // types of its own folder: they load nothing
      },
    },
    {
      name: 'citizens-never-on-pieces-of-staff',
      severity: 'error',
      from: { path: '^src/features/', pathNot: '^src/features/[^/]+/staff/|\\.test\\.ts$' },
      to: { path: '^src/(staff|features/[^/]+/staff)/' },
    },
    {
      name: 'features-never-on-each-other',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(domain|data|sync|media|ui|i18n|campaign|staff)/|^src/features/$1/|^src/features/feature\\.ts$',
      },
    },
    {
      name: 'only-app-knows-everyone',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/app/' },
      to: { path: '^src/app/' },
    },
    onlyFrom('only-data-imports-dexie-and-supabase', '^src/data/', 'dexie|@supabase'),
    onlyFrom('only-media-imports-mediabunny', '^src/media/', 'mediabunny'),
    {
      name: 'product-imports-no-tests',
      severity: 'error',
      from: { path: '^(src|supabase)/', pathNot: '\\.test\\.ts$|/testing/' },
      to: { path: '^tests/|/testing/' },
    },
    // That nothing heavy is reachable statically from main.ts is a byte budget: dexie alone would break it.
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'database\\.types\\.ts$' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.js', '.json'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
}
