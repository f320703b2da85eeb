import type { HostView } from "~/components/host-notice";
import type { Services } from "./context";

/** What pages show of the host, without what they have no use for. */
export async function hostView({ catalog }: Pick<Services, "catalog">): Promise<HostView> {
  const { state, address, reason, demo, models } = await catalog.offer();
  return {
    state,
    address,
    ...(reason === undefined ? {} : { reason }),
    demo,
    models: models.map(({ name, demo, sees, continues }) => ({
      ...{ name, demo, sees },
      ...(continues === undefined ? {} : { continues }),
    })),
  };
}
