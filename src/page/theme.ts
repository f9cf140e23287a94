const key = 'concurrency-report-theme';

type Theme = 'light' | 'dark';

/** Lets the button change between light and dark; until it is pressed the page is as the system has it. */
export function startTheme(button: HTMLButtonElement): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  let chosen = remembered();
  const show = () => {
    const now: Theme = chosen ?? (system.matches ? 'dark' : 'light');
    if (chosen !== null) document.documentElement.dataset['theme'] = chosen;
    button.textContent = now === 'dark' ? 'Light theme' : 'Dark theme';
  };
  button.addEventListener('click', () => {
    chosen = (chosen ?? (system.matches ? 'dark' : 'light')) === 'dark' ? 'light' : 'dark';
    remember(chosen);
    show();
  });
  system.addEventListener('change', show);
  button.hidden = false;
  show();
}

/** A page opened from a file may not be allowed to remember anything. */
function remembered(): Theme | null {
  try {
    const theme = localStorage.getItem(key);
    return theme === 'light' || theme === 'dark' ? theme : null;
  } catch {
    return null;
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // It holds until the page is closed.
  }
}
