import { useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { Layout } from "~/components/layout";
import type { RootView } from "./root";

interface PageProps {
  title?: string;
  place: "home" | "conversation" | "page";
  /** What stands at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A route's page inside the layout, with the sidebar that the root loader has read. */
export function Page(props: PageProps) {
  const root = useRoot();
  if (!root) return props.children;
  return <Layout base={root.base} sidebar={root.sidebar} deleted={root.deleted} {...props} />;
}

/** What the root loader has read; undefined where it failed or never ran. */
export function useRoot(): RootView | undefined {
  return useRouteLoaderData("root") as RootView | undefined;
}
