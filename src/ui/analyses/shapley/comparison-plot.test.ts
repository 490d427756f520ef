import { afterEach, expect, it } from 'vitest';
import { speak, speakEnglish } from '../../../core/language/catalogue.ts';
import { shapleyFigures } from './further/messages.de.ts';
import { comparisonCsv, comparisonTable } from './comparison-plot.ts';

const spread = (mean: number) => ({ mean, sd: 0.02, n: 4 });
const comparison = {
  budgets: [64],
  seeds: 4,
  estimators: [
    { id: 'permutation', name: 'permutation, antithetic', error: [spread(0.0123)], spearman: [spread(-0.5)] },
  ],
} as const;

afterEach(speakEnglish);

it('the table of estimators speaks German, its file stays English', () => {
  const english = comparisonCsv(comparison);
  speak('de', () => shapleyFigures);
  expect(comparisonTable(comparison)).toMatchObject({
    head: ['Schätzer', 'Koalitionen', 'Normierter MSE', '± Standardfehler', 'Spearman', '± Standardfehler'],
    rows: [['Reihenfolgen, antithetisch', '64', '1,2e-2', '1,0e-2', '−0,500', '0,010']],
  });
  expect(comparisonCsv(comparison)).toBe(english);
  expect(english).toBe(
    'estimator,coalitions,seeds,normalised_mse,normalised_mse_error,spearman,spearman_error\r\npermutation,64,4,0.0123,0.01,-0.5,0.01\r\n',
  );
});
