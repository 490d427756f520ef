import { backboneOf } from '../../state/backbones.ts';
import { useStudy } from '../context.ts';
import css from './study.module.css';

export function BackboneSection() {
  const backbone = backboneOf(useStudy((state) => state.config.backbone));
  return (
    <section className={css.section} aria-labelledby="backbone-title">
      <div className={css.sectionHead}>
        <h3 id="backbone-title" className={css.sectionTitle}>
          Backbone
        </h3>
        <a className={css.link} href={backbone.modelCard}>
          Model card
        </a>
      </div>
      <p className={css.lead}>
        <strong>{backbone.name}</strong>, frozen. {backbone.summary}
      </p>
      <dl className={css.facts}>
        {backbone.facts.map(({ term, value }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
