// What a browser fetches when it is used first: its tables of languages (10 to 20 ms) and what this page has stored (up to 10 ms). That happens
// here, while the page's scripts are on their way, and not in their first task, which would then be longer than a press should wait.
Intl.DateTimeFormat.supportedLocalesOf('en');
try {
  localStorage.getItem('');
} catch {
  // Storage can be forbidden; whoever needs it copes.
}
