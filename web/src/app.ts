// Staff screens: htmx and every behaviour. Each page works without any of it.
import { startCopy } from "./copy";
import { startDialogs } from "./dialog";
import { startDrafts } from "./draft";
import { startFileDrop } from "./file-drop";
import { startHtmx } from "./htmx";
import { startKeyboard } from "./keyboard";
import { startMenus } from "./menus";
import { startPalette } from "./palette";
import { startPrint } from "./print";
import { startSelectRows } from "./select-rows";
import { startSubmitOnce } from "./submit-once";
import { startTabs } from "./tabs";
import { startTheme } from "./theme";
import { startToasts } from "./toast";
import { startUnsaved } from "./unsaved";

startHtmx();

// File sending goes before the once-only guard: it takes the form over.
startFileDrop();
startSubmitOnce();
startUnsaved();
startDrafts();
startMenus();
startTabs();
startDialogs();
startPalette();
startKeyboard();
startSelectRows();
startToasts();
startCopy();
startPrint();
startTheme();
