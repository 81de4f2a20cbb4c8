// Public pages: what is typed is kept, and sent once. Nothing else, and nothing is needed.
import { startDrafts } from "./draft";
import { startSubmitOnce } from "./submit-once";

startDrafts();
startSubmitOnce();
