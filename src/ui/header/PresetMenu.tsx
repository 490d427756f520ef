import { memo, useDeferredValue, useId, useMemo } from 'react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Text } from 'react-aria-components';
import type { Preset } from '../../study/presets/preset.ts';
import { MAP_PRESETS } from '../../study/map/presets.ts';
import { REGIMES, type Regime } from '../../study/schedules/regimes.ts';
import { presetTime } from '../../study/presets/preset-time.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { searchName } from '../../study/presets/names.ts';
import { PRESET_GROUPS, PRESETS } from '../../study/presets/presets.ts';
import { isSameStudy } from '../../state/study/config-diff.ts';
import { showSearch } from '../../state/search/search-store.ts';
import { showMap } from '../../state/map/map-store.ts';
import { choosePreset } from '../../state/page/saved-results.ts';
import { useServices, useStudy } from '../context.ts';
import controls from '../controls/controls.module.css';
import { ChevronIcon } from '../controls/icons.tsx';
import css from './header.module.css';
import { HEADER_WORDS } from './messages.ts';

/** @param name as the page calls it */
function PresetItem({ preset, name }: { preset: Pick<Preset, 'id' | 'description'>; name: string }) {
  return (
    <MenuItem id={preset.id} textValue={name} className={controls.item}>
      <Text slot="label">{name}</Text>
      <Text slot="description" className={controls.itemDescription}>
        {preset.description} {presetTime(preset.id)}
      </Text>
    </MenuItem>
  );
}

/** Searches for a schedule that the page comes with. */
const SAVED_SEARCHES = REGIMES.filter(({ saved }) => saved);
const searchKey = ({ id }: Regime): string => `schedule-${id}`;

/** Preset studies. Shows the name of the current one, or "Custom" once something was changed; what is typed does not wait for it. */
export function PresetMenu() {
  const config = useDeferredValue(useStudy((state) => state.config));
  const current = useMemo(() => PRESETS.find((preset) => isSameStudy(preset.config, config)), [config]);
  return <NamedMenu name={current ? PRESET_WORDS.called(current.name) : null} />;
}

const NamedMenu = memo(function NamedMenu({ name }: { name: string | null }) {
  const services = useServices();
  const { maps, searches } = services;
  const note = useId();
  return (
    <MenuTrigger>
      <Button className={css.headerButton} aria-label={HEADER_WORDS.presetChosen(name)}>
        <span className={`${css.muted} ${css.wideOnly}`}>{HEADER_WORDS.preset}</span>
        <span className={css.preset}>{name ?? HEADER_WORDS.custom}</span>
        <ChevronIcon />
      </Button>
      <Popover className={controls.popover} placement="bottom start" offset={4}>
        <p id={note} className={css.menuNote}>
          {HEADER_WORDS.presetsNote}
        </p>
        <Menu
          className={controls.list}
          aria-label={HEADER_WORDS.presets}
          aria-describedby={note}
          onAction={(key) => {
            const preset = PRESETS.find(({ id }) => id === key);
            if (preset) void choosePreset(services, document.baseURI, preset);
            const map = MAP_PRESETS.find(({ id }) => id === key);
            if (map) showMap(maps, window, map);
            const searched = SAVED_SEARCHES.find((regime) => searchKey(regime) === key);
            if (searched) showSearch(searches, window, searched);
          }}
        >
          {PRESET_GROUPS.map(({ name, presets }) => (
            <MenuSection key={name}>
              <Header className={controls.sectionHeader}>{name}</Header>
              {presets.map((preset) => (
                <PresetItem key={preset.id} preset={preset} name={PRESET_WORDS.called(preset.name)} />
              ))}
            </MenuSection>
          ))}
          <MenuSection>
            <Header className={controls.sectionHeader}>{HEADER_WORDS.maps}</Header>
            {MAP_PRESETS.map((preset) => (
              <PresetItem key={preset.id} preset={preset} name={PRESET_WORDS.called(preset.name)} />
            ))}
            {SAVED_SEARCHES.map((regime) => (
              <PresetItem
                key={regime.id}
                name={searchName(regime)}
                preset={{ id: searchKey(regime), description: PRESET_WORDS.descriptions['schedule-search'] }}
              />
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
});
