import { Button, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { PRESETS } from '../../study/presets.ts';
import { configChanges } from '../../state/config-diff.ts';
import { useEditConfig, useStudy } from '../context.ts';
import controls from '../controls/controls.module.css';
import { ChevronIcon } from '../controls/icons.tsx';
import css from './header.module.css';

/** Ready-made studies. The name of the one in use, or "Custom" once something was changed. */
export function PresetMenu() {
  const edit = useEditConfig();
  const current = useStudy((state) =>
    PRESETS.find((preset) => configChanges(preset.config, state.config).length === 0),
  );
  return (
    <MenuTrigger>
      <Button className={css.headerButton} aria-label={`Preset: ${current?.name ?? 'custom'}`}>
        <span className={css.muted}>Preset</span> {current?.name ?? 'Custom'}
        <ChevronIcon />
      </Button>
      <Popover className={controls.popover} placement="bottom start" offset={4}>
        <Menu
          className={controls.list}
          aria-label="Presets"
          items={PRESETS}
          onAction={(key) => {
            const preset = PRESETS.find(({ id }) => id === key);
            if (preset) edit(() => preset.config);
          }}
        >
          {(preset) => (
            <MenuItem id={preset.id} textValue={preset.name} className={controls.item}>
              <Text slot="label">{preset.name}</Text>
              <Text slot="description" className={controls.itemDescription}>
                {preset.description}
              </Text>
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
