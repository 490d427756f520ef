// What comes before the page's modules, in syntax that browsers of 2015 read.
(function () {
  // Whether the modules can run here. README.md names the oldest browsers, and .oxlintrc.json what the modules may not use because these lack it.
  function canRun() {
    try {
      new RegExp('(?<=a)b');
      return (
        typeof Array.prototype.toSorted === 'function' &&
        typeof OffscreenCanvas === 'function' &&
        typeof DecompressionStream === 'function'
      );
    } catch (error) {
      return false;
    }
  }

  // Stands where the page would, until React takes its place.
  function tell() {
    var root = document.getElementById('root');
    if (root.children.length > 0) return;
    var isGerman = /^de/i.test(navigator.language);
    var text = document.createElement('p');
    text.lang = isGerman ? 'de' : 'en';
    text.style.margin = '2em';
    text.textContent = isGerman
      ? 'Dieser Browser ist zu alt für CopRA Playground. Die Seite braucht mindestens Chrome oder Edge 110, Firefox 115 oder Safari 16.4.'
      : 'This browser is too old for CopRA Playground. The page needs at least Chrome or Edge 110, Firefox 115, or Safari 16.4.';
    root.textContent = '';
    root.appendChild(text);
  }

  if (!canRun()) {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', tell);
    else tell();
  }

  // What a browser fetches when it is used first: its tables of languages (10 to 20 ms) and what this page has stored (up to 10 ms). That happens
  // here, while the page's scripts are on their way, and not in their first task, which would then be longer than a press should wait.
  Intl.DateTimeFormat.supportedLocalesOf('en');
  try {
    localStorage.getItem('');
  } catch (error) {
    // Storage can be forbidden; whoever needs it copes.
  }
})();
