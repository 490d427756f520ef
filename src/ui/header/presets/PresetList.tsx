/** What is in the menu of ready-made studies, maps and searches: loaded when it opens. */
import { useId } from 'react';
import { Header, Menu, MenuItem, MenuSection, Text } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { MAP_PRESETS } from '../../../study/map/presets.ts';
import { presetDescription } from '../../../study/presets/descriptions/preset-description.ts';
import { PRESET_WORDS } from '../../../study/presets/messages.ts';
import { searchName } from '../../../study/presets/names.ts';
import { isOfNamedTasks, withPreset } from '../../../study/presets/on-images-of.ts';
import { presetTime } from '../../../study/presets/preset-time.ts';
import { PRESET_GROUPS, PRESETS } from '../../../study/presets/presets.ts';
import { REGIMES, type Regime } from '../../../study/schedules/regimes.ts';
import { showMap } from '../../../state/map/map-store.ts';
import { chooseSettings } from '../../../state/page/saved-results.ts';
import { showSearch } from '../../../state/search/search-store.ts';
import { useServices, useStudy } from '../../context.ts';
import controls from '../../controls/controls.module.css';
import { comeToPart } from '../../lessons/scroll-to-part.ts';
import css from '../header.module.css';
import { PRESET_LIST_WORDS } from './messages.ts';

interface ItemProps {
  readonly id: string;
  /** As the page calls it. */
  readonly name: string;
  readonly description?: string;
  /** The reader's own images are the task, and this has others. */
  readonly leavesOwn: boolean;
}

function PresetItem({ id, name, description = presetDescription(id), leavesOwn }: ItemProps) {
  return (
    <MenuItem id={id} textValue={name} className={controls.item}>
      <Text slot="label">{name}</Text>
      <Text slot="description" className={controls.itemDescription}>
        {description} {leavesOwn ? PRESET_LIST_WORDS.leavesOwn : presetTime(id)}
      </Text>
    </MenuItem>
  );
}

/** Searches for a schedule that the page comes with. */
const SAVED_SEARCHES = REGIMES.filter(({ saved }) => saved);
const searchKey = ({ id }: Regime): string => `schedule-${id}`;

export function PresetList() {
  const services = useServices();
  const { dataset, maps, searches } = services;
  const study = useStudy((state) => state.config);
  const areHere = useStore(dataset, ({ phase }) => phase !== 'empty');
  const isOwn = areHere && study.task === 'dropped';
  const note = useId();
  return (
    <>
      <p id={note} className={css.menuNote}>
        {isOwn ? PRESET_LIST_WORDS.noteOnOwn : PRESET_LIST_WORDS.note}
      </p>
      <Menu
        className={controls.list}
        aria-label={PRESET_LIST_WORDS.presets}
        aria-describedby={note}
        onAction={(key) => {
          const preset = PRESETS.find(({ id }) => id === key);
          if (preset) {
            const config = isOwn ? withPreset(study, preset.config) : preset.config;
            void chooseSettings(services, document.baseURI, config);
          }
          const map = MAP_PRESETS.find(({ id }) => id === key);
          const searched = SAVED_SEARCHES.find((regime) => searchKey(regime) === key);
          if (map) showMap(maps, window, map);
          if (searched) showSearch(searches, window, searched);
          // One that is there already may be scrolled away; another one comes into view itself.
          if (map) comeToPart('map');
          if (searched) comeToPart('search');
        }}
      >
        {PRESET_GROUPS.map(({ name, presets }) => (
          <MenuSection key={name}>
            <Header className={controls.sectionHeader}>{name}</Header>
            {presets.map((preset) => (
              <PresetItem
                key={preset.id}
                id={preset.id}
                name={PRESET_WORDS.called(preset.name)}
                leavesOwn={isOwn && isOfNamedTasks(preset.config)}
              />
            ))}
          </MenuSection>
        ))}
        <MenuSection>
          <Header className={controls.sectionHeader}>{PRESET_LIST_WORDS.maps}</Header>
          {MAP_PRESETS.map((preset) => (
            <PresetItem key={preset.id} id={preset.id} name={PRESET_WORDS.called(preset.name)} leavesOwn={isOwn} />
          ))}
          {SAVED_SEARCHES.map((regime) => (
            <PresetItem
              key={regime.id}
              id={searchKey(regime)}
              name={searchName(regime)}
              description={presetDescription('schedule-search')}
              leavesOwn={isOwn}
            />
          ))}
        </MenuSection>
      </Menu>
    </>
  );
}
