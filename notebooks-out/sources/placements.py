# %% [markdown]
# # Which of three placements?
#
# The flagship scenario's machines three ways: **as it stands**; **lean**, without the pools that its own routing leaves idle most of the
# time; and **spare**, with twice the H100s in the two largest regions. Each is asked the same questions with the same requests: does it hold the targets today,
# does it at 1.5 times the demand, does it without its largest AWS region, and does it then if the gateway has a circuit breaker?

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from support.runs import COLOURS, demand, figures, interval, run, say, table

pools = {
    "azure/eastus2/h100-chat": 8, "azure/eastus2/a100-chat": 4, "azure/swedencentral/h100-chat": 8,
    "azure/southeastasia/h100-chat": 4, "aws/us-east-1/h100-chat": 8, "aws/us-east-1/l40s-chat": 6,
    "aws/eu-central-1/a100-chat": 4, "aws/ap-northeast-1/h100-chat": 4,
}
placements = {
    "as it stands": {},
    "lean": {"azure/eastus2/a100-chat": 0, "aws/us-east-1/l40s-chat": 0},
    "spare": {"azure/eastus2/h100-chat": 16, "aws/us-east-1/h100-chat": 16},
}
gone = "incidents=[{ region: aws/us-east-1, effect: fails, at: 0s, for: 1h }]"
situations = {
    "today": [],
    "1.5 × demand": ["workloads.answers.arrivals.rate=x90", "workloads.chat.arrivals.rate=x90",
                     "workloads.documents.arrivals.poisson=37.5/s", "workloads.agents.arrivals.gamma.rate=45/s"],
    "us-east-1 gone": [gone],
    "gone + breaker": [gone, "gateway.breaker={}"],
}
seeds = [1, 2, 3]
window = ["horizon=20m", "warmup=5m"]


def replicas(placement):
    """The overrides that make a placement of the scenario."""
    return [
        "clouds.{}.regions.{}.pools.{}.replicas={}".format(*pool.split("/"), count)
        for pool, count in placements[placement].items()
    ]


rows, folders = [], {}
for placement in placements:
    for situation, settings in situations.items():
        for seed in seeds:
            folder = run("flagship", window + replicas(placement) + settings, seed)
            folders[placement, situation, seed] = folder
            value = figures(folder)
            rows.append({
                "placement": placement, "situation": situation, "seed": seed,
                # Twenty minutes were billed.
                "USD an hour": 3 * value["all", "", "billed_cost"],
                "chat in time": value["workload", "chat", "slo_attainment"],
                "worst in time": min(value["workload", name, "slo_attainment"] for name in ["answers", "chat", "documents"]),
                "lost": value["all", "", "requests_rejected"] + value["all", "", "requests_failed"],
            })
runs = pd.DataFrame(rows)
means = runs.drop(columns="seed").groupby(["placement", "situation"], sort=False).mean()
today = means.xs("today", level="situation")
paired = runs[runs.situation == "today"].pivot(index="seed", columns="placement", values="USD an hour")
saving, half = interval(paired["as it stands"] - paired["lean"])
price, price_half = interval(paired["spare"] - paired["as it stands"])
target = 0.95
holds = {(p, s): means.loc[(p, s), "worst in time"] >= target for p in placements for s in situations}


def where(placement):
    """In which situations a placement holds every target."""
    bad = [s for s in situations if not holds[placement, s]]
    return "always" if not bad else "never" if len(bad) == len(situations) else f"but not with {', '.join(bad)}"


say(
    f"**Lean saves {saving:,.2f} ± {half:,.2f} USD an hour against the placement as it stands; spare costs {price:,.2f} ± {price_half:,.2f} USD "
    f"an hour more.** Every target (95 %) is held by lean {where('lean')}; by the placement as it stands {where('as it stands')}; by "
    f"spare {where('spare')}."
)
say(demand(folders["as it stands", "today", 1]))
kept, stripped = (means.loc[(p, "us-east-1 gone"), "chat in time"] for p in ["as it stands", "lean"])
if stripped - kept > 0.05:
    say(
        f"More machines are not safer here: without the region {100 * kept:.0f} % of chat is in time as it stands, {100 * stripped:.0f} % with "
        "lean. The gateway tries twice, and the idle L40S pool of the lost region is the next best for the second try, so both tries go to a "
        "dead region. A circuit breaker, or fewer pools there, sends the second one elsewhere."
    )

# %%
means.assign(**{c: (100 * means[c]).round(1).astype(str) + " %" for c in ["chat in time", "worst in time"]}).round(1)

# %%
figure, axes = plt.subplots(1, 2, figsize=(9, 3.2))
places = np.arange(len(placements))
for shift, (colour, situation) in enumerate(zip(COLOURS, situations)):
    held = [100 * means.loc[(p, situation), "chat in time"] for p in placements]
    axes[0].bar(places + 0.21 * (shift - 1.5), held, 0.19, color=colour, label=situation)
axes[0].axhline(100 * target, color="black", linewidth=1, linestyle="--")
axes[0].set_xticks(places, placements)
axes[0].set(title="Chat requests within their targets, %", ylim=(0, 115))
axes[0].legend(ncols=4, fontsize=6, loc="upper center")
more = [0, -saving, price]
axes[1].bar(places, more, 0.5, yerr=[0, half, price_half], capsize=3, color=COLOURS[0])
axes[1].axhline(0, color="black", linewidth=1)
axes[1].set_xticks(places, placements)
axes[1].set(title="Bill against the placement as it stands, USD an hour")
plt.show()

# %% [markdown]
# ## Where it hurts
#
# Time to first token of every pool when the region is gone, 95th percentile; empty where a pool served nobody.

# %%
hurt = {}
for placement in placements:
    summary = table(folders[placement, "us-east-1 gone", 1], "summary")
    chosen = summary[(summary.scope_kind == "pool") & (summary.metric == "ttft_p95") & (summary.source == "simulated")]
    hurt[placement] = chosen.set_index("scope")["value"]
pd.DataFrame(hurt).reindex(pools).rename_axis("TTFT p95, ms").round(0).astype("Int64").astype(str).replace("<NA>", "–")
