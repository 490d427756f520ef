import { useStore } from 'zustand/react';
import { chooseTheme, themeStore } from '../../state/page/theme.ts';
import { IconButton } from '../controls/Button.tsx';
import { MoonIcon, SunIcon } from '../controls/icons.tsx';
import { HEADER_WORDS } from './messages.ts';

export function ThemeToggle() {
  const theme = useStore(themeStore, (state) => state.theme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <IconButton
      name={other === 'dark' ? HEADER_WORDS.useDark : HEADER_WORDS.useLight}
      onPress={() => chooseTheme(other)}
    >
      {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
    </IconButton>
  );
}
