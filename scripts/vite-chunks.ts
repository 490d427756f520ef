/** Which modules of the build share a file. A browser spends more on asking for a hundred small files than on reading them. */

/** Of the page. A group takes along what its modules import, unless an earlier group has it: so no group needs a later one. */
export const PAGE_CHUNKS = {
  groups: [
    { name: 'libraries', tags: ['$initial' as const], test: /[\\/]node_modules[\\/]/ },
    { name: 'page', tags: ['$initial' as const] },
    { name: 'results', test: /[\\/]ui[\\/]results[\\/]ResultsPanel\.tsx$/ },
    {
      name: 'figures',
      test: /[\\/]ui[\\/](analyses|results)[\\/].*(Figures?|AdaptersPanel)\.tsx$|[\\/]FigurePicture\.tsx$/,
    },
    { name: 'workbench', test: /[\\/]ui[\\/]workbench\.chunk\.ts$/ },
  ],
};

/** Of a worker: what it starts with. */
export const WORKER_CHUNKS = { groups: [{ name: 'worker-start', tags: ['$initial' as const] }] };
