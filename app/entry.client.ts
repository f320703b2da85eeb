/**
 * What runs in a browser with script: htmx with its event streams, and the few scripts that smooth what
 * already works. One file, since htmx's extension can miss its moment when it comes apart.
 */
import "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";
import { again } from "~/browser/again";
import { announce } from "~/browser/announce";
import { composer } from "~/browser/composer";
import { connection } from "~/browser/connection";
import { context } from "~/browser/context";
import { copyButtons } from "~/browser/copy";
import { earlier } from "~/browser/earlier";
import { files } from "~/browser/files";
import { focus } from "~/browser/focus";
import { follow } from "~/browser/follow";
import { keys } from "~/browser/keys";
import { onlyPages } from "~/browser/only-pages";
import { restored } from "~/browser/restored";
import { scripted } from "~/browser/scripted";
import { search } from "~/browser/search";
import { sidebar } from "~/browser/sidebar";
import { thinking } from "~/browser/thinking";

scripted();
onlyPages();
composer();
context();
files();
keys();
copyButtons();
earlier();
follow();
focus();
search();
sidebar();
again();
thinking();
restored();
connection();
announce();
