/**
 * What runs in a browser with script: htmx with its event streams, and the few scripts that smooth what
 * already works. One file, because htmx's extension can miss its moment if it is loaded apart.
 */
import "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";
import { announceAnswers, announceConnection } from "~/browser/announcements";
import { composer, focusAfterSending } from "~/browser/composer";
import { contextMeter } from "~/browser/context-meter";
import { copyButtons } from "~/browser/copy-buttons";
import { earlierMessages } from "~/browser/earlier-messages";
import { files } from "~/browser/files";
import { keys } from "~/browser/keys";
import { foldThinking, followLiveAnswer } from "~/browser/live-answer";
import { markScripted, reloadRestored } from "~/browser/page";
import { acceptOnlyPages, closeSidebarOnRequest, restrainAutoRefresh } from "~/browser/requests";
import { search } from "~/browser/search";

markScripted();
acceptOnlyPages();
composer();
contextMeter();
files();
keys();
copyButtons();
earlierMessages();
followLiveAnswer();
focusAfterSending();
search();
closeSidebarOnRequest();
restrainAutoRefresh();
foldThinking();
reloadRestored();
announceConnection();
announceAnswers();
