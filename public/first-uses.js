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

  var isGerman = /^de/i.test(navigator.language);

  // Stands where the page would, until React takes its place.
  function tell(words) {
    var root = document.getElementById('root');
    if (root.children.length > 0) return null;
    var text = document.createElement('p');
    text.lang = isGerman ? 'de' : 'en';
    text.style.margin = '2em';
    text.textContent = isGerman ? words.de : words.en;
    root.textContent = '';
    root.appendChild(text);
    return root;
  }

  function tellTooOld() {
    tell({
      en: 'This browser is too old for CopRA Playground. The page needs at least Chrome or Edge 110, Firefox 115, or Safari 16.4.',
      de: 'Dieser Browser ist zu alt für CopRA Playground. Die Seite braucht mindestens Chrome oder Edge 110, Firefox 115 oder Safari 16.4.',
    });
  }

  function reload() {
    location.reload();
  }

  // A service worker of the version before may be what has no more of its files: a newer one that waits takes over first.
  function loadAgain() {
    var workers = navigator.serviceWorker;
    if (!workers || !workers.controller) {
      reload();
      return;
    }
    workers.addEventListener('controllerchange', reload);
    workers.getRegistration().then(function (registration) {
      if (registration && registration.waiting) registration.waiting.postMessage({ type: 'take-over' });
      else reload();
    }, reload);
  }

  function tellMissing(words) {
    if (document.documentElement.hasAttribute('data-begun')) return;
    var root = tell(words);
    if (!root) return;
    var button = document.createElement('button');
    button.lang = isGerman ? 'de' : 'en';
    button.style.margin = '0 2em';
    button.textContent = isGerman ? 'Neu laden' : 'Load again';
    button.addEventListener('click', loadAgain);
    root.appendChild(button);
  }

  // The modules begin before the browser calls the page loaded, unless one of them cannot be had: without a connection, or because the host has another
  // version by now than a page that came from a cache.
  function lookForModules() {
    tellMissing({
      en: 'CopRA Playground could not be loaded. There is no connection, or another version of the page has come meanwhile.',
      de: 'CopRA Playground konnte nicht geladen werden. Es fehlt die Verbindung, oder inzwischen gibt es eine andere Version der Seite.',
    });
  }

  // A browser waits for ever where the server has fallen silent. On a slow connection the page still comes.
  function tellLate() {
    tellMissing({
      en: 'CopRA Playground has not come for 30 seconds. The connection is slow, or the server does not answer.',
      de: 'CopRA Playground ist seit 30 Sekunden nicht gekommen. Die Verbindung ist langsam, oder der Server antwortet nicht.',
    });
  }

  if (!canRun()) {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', tellTooOld);
    else tellTooOld();
  } else if (document.readyState === 'complete') lookForModules();
  else {
    addEventListener('load', lookForModules);
    setTimeout(tellLate, 30000);
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
