import { memo, Suspense, useDeferredValue, useMemo } from 'react';
import { Button, MenuTrigger, Popover } from 'react-aria-components';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { withPreset } from '../../study/presets/on-images-of.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { isSameStudy } from '../../state/study/config-changes.ts';
import { useStudy } from '../context.ts';
import controls from '../controls/controls.module.css';
import { ChevronIcon } from '../controls/icons.tsx';
import { lazily } from '../lazily.tsx';
import css from './header.module.css';
import { HEADER_WORDS } from './messages.ts';

const PresetList = lazily(async () => (await import('./presets/PresetList.tsx')).PresetList);

/** Preset studies. Shows the name of the current one, also on own images, or "Custom" once something was changed; what is typed does not wait for it. */
export function PresetMenu() {
  const config = useDeferredValue(useStudy((state) => state.config));
  const current = useMemo(
    () => PRESETS.find((preset) => isSameStudy(withPreset(config, preset.config), config)),
    [config],
  );
  return <NamedMenu name={current ? PRESET_WORDS.called(current.name) : null} />;
}

const NamedMenu = memo(function NamedMenu({ name }: { name: string | null }) {
  return (
    <MenuTrigger>
      <Button className={css.headerButton} aria-label={HEADER_WORDS.presetChosen(name)}>
        <span className={`${css.muted} ${css.wideOnly}`}>{HEADER_WORDS.preset}</span>
        <span className={css.preset}>{name ?? HEADER_WORDS.custom}</span>
        <ChevronIcon />
      </Button>
      <Popover className={controls.popover} placement="bottom start" offset={4}>
        <Suspense>
          <PresetList />
        </Suspense>
      </Popover>
    </MenuTrigger>
  );
});
