// The browser of tests and pictures: the system's, which makes no request of its own.

/** Options of Playwright that start it. */
export const chromium = {
  browserName: 'chromium',
  launchOptions: {
    executablePath: process.env.E2E_CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-features=TranslateUI,OptimizationHints,MediaRouter',
      '--force-color-profile=srgb',
    ],
  },
};

/** A phone in the hand. */
export const PHONE = { width: 360, height: 780 };
