/** Which part of the code may import which: docs/architecture.md describes the layers. Type-only imports count. */
const LAYERS = [
  'languages',
  'ui',
  'state',
  'lessons',
  'share',
  'worker',
  'study',
  'data',
  'engine',
  'model',
  'platform',
  'copra',
  'core',
];
/** Folders of a study that describe one, from the lowest. A study is run in others. */
const STUDY_FOLDERS = ['config', 'result', 'kernels'];
/** Tests, and helpers of tests that lie beside them as test-….ts. */
const TESTS = '\\.test\\.tsx?$|/test-[^/]+\\.tsx?$';
/** Files that only Node loads: node.ts and …-node.ts. The page never bundles them. */
const NODE_ONLY = '(/|-)node\\.ts$';

const downwards = LAYERS.slice(1).map((layer, index) => ({
  name: `${layer}-imports-downwards`,
  comment: `src/${layer} may import only from itself and from the layers below it.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: `^src/(${LAYERS.slice(0, index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...downwards,
    {
      name: 'no-cycles',
      comment: 'Two files that import each other cannot be read one after the other.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...STUDY_FOLDERS.map((folder, index) => ({
      name: `study-${folder}-imports-downwards`,
      comment: `src/study/${folder} knows neither the folders of a study that follow it in STUDY_FOLDERS, nor what runs one or its analyses.`,
      severity: 'error',
      from: { path: `^src/study/${folder}/`, pathNot: TESTS },
      to: {
        path: [
          `^src/study/(${[...STUDY_FOLDERS.slice(index + 1), 'run', 'checkpoint', 'classroom'].join('|')})/`,
          '^src/study/analyses/[^/]+/(run|analysis)\\.ts$',
        ],
      },
    })),
    {
      name: 'pure-science',
      comment:
        'core/ and copra/ are plain functions on numbers: they import nothing else but the version of the project.',
      severity: 'error',
      from: { path: '^src/(core|copra)/', pathNot: `${TESTS}|^src/core/decompositions\\.ts$` },
      to: { pathNot: '^src/(core|copra)/|^package\\.json$' },
    },
    {
      name: 'one-matrix-library',
      comment:
        'The one exception to pure-science: singular values are better left to a maintained library (no dependencies on where it runs), and a single file knows it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/core/decompositions\\.ts$' },
      to: { path: 'node_modules/ml-matrix/' },
    },
    {
      name: 'decompositions-need-nothing-else',
      comment: 'The exception holds for the matrix library alone.',
      severity: 'error',
      from: { path: '^src/core/decompositions\\.ts$' },
      to: { pathNot: '^src/core/|node_modules/ml-matrix/' },
    },
    {
      name: 'tfjs-in-engine-only',
      comment: 'Only the engine knows TensorFlow.js.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/' },
      to: { path: 'node_modules/@tensorflow/' },
    },
    {
      name: 'react-in-ui-only',
      comment: 'Only the UI knows React and the chart library.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(ui/|main\\.tsx$)' },
      to: { path: 'node_modules/(react|react-dom|react-aria-components|plotly\\.js[^/]*)/' },
    },
    {
      name: 'worker-behind-its-protocol',
      comment: 'The page reaches the worker through its client and protocol, never its inside.',
      severity: 'error',
      from: { path: '^src/(ui|state|lessons|share)/', pathNot: TESTS },
      to: { path: '^src/worker/', pathNot: '^src/worker/(client|protocol)' },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(url|raw|worker)' },
    },
    {
      name: 'no-development-packages',
      comment: 'What ships with the page is a dependency.',
      severity: 'error',
      from: { path: '^src/', pathNot: [TESTS, NODE_ONLY] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      mainFields: ['module', 'main'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
