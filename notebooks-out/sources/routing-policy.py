# %% [markdown]
# # Which routing policy, on the real trace?
#
# The flagship scenario under six policies of the gateway. Every policy gets the same requests at the same moments with the same lengths
# (common random numbers: they are keyed by seed and request), so policies are compared in pairs, seed by seed, and the noise they share cancels.

# %%
import matplotlib.pyplot as plt
import pandas as pd
from support.runs import COLOURS, demand, figures, interval, run, say

policies = ["contract-aware", "cost-band", "least-loaded", "nearest", "latency-band", "weighted-scores"]
seeds = [1, 2, 3, 4, 5]
window = ["horizon=20m", "warmup=5m"]
workloads = ["answers", "chat", "documents"]
rows, first = [], None
for policy in policies:
    for seed in seeds:
        folder = run("flagship", window + [f"gateway.route={policy}"], seed)
        first = first or folder
        value = figures(folder)
        rows.append({
            "policy": policy, "seed": seed,
            "USD an hour": 3 * value["all", "", "billed_cost"],
            "worst in time": min(value["workload", name, "slo_attainment"] for name in workloads),
            "chat TTFT p95, ms": value["workload", "chat", "ttft_p95"],
            "answers TTFT p95, ms": value["workload", "answers", "ttft_p95"],
            "answers e2e p95, s": value["workload", "answers", "e2e_p95"] / 1000,
            "Azure short, M USD": value["commitment", "azure/macc", "shortfall_p50"] / 1e6,
        })
runs = pd.DataFrame(rows)
means = runs.drop(columns="seed").groupby("policy", sort=False).mean()
bill = runs.pivot(index="seed", columns="policy", values="USD an hour")
difference = {p: interval(bill[p] - bill["contract-aware"]) for p in policies[1:]}
holding = [p for p in policies if means.loc[p, "worst in time"] >= 0.95]
missing = [p for p in policies if p not in holding]
best = min(holding, key=lambda p: means.loc[p, "USD an hour"])
fastest = min(holding, key=lambda p: means.loc[p, "answers e2e p95, s"])
say(
    f"**Of the policies that hold every latency target ({', '.join(holding)}), `{best}` has the smallest bill, "
    f"{means.loc[best, 'USD an hour']:,.0f} USD an hour.** Not in that list because a target is missed: "
    f"{', '.join(f'`{p}`' for p in missing) or 'none'}. `{fastest}` has the fastest complete answers "
    f"({means.loc[fastest, 'answers e2e p95, s']:.1f} s at the 95th percentile)"
    + (f", for {means.loc[fastest, 'USD an hour'] - means.loc[best, 'USD an hour']:,.0f} USD an hour more." if fastest != best else ".")
)
spenders = sorted(holding, key=lambda p: means.loc[p, "Azure short, M USD"])
say(
    f"The bill of an hour is not all: 750M USD are promised. Kept up, `{best}` would leave "
    f"{means.loc[best, 'Azure short, M USD']:,.0f}M USD of them unspent (P50), `{spenders[0]}` {means.loc[spenders[0], 'Azure short, M USD']:,.0f}M "
    f"and `{spenders[-1]}` {means.loc[spenders[-1], 'Azure short, M USD']:,.0f}M."
)
say(demand(first))

# %%
shown = means.assign(**{"worst in time": (100 * means["worst in time"]).round(1).astype(str) + " %"}).round(1)
shown.insert(1, "against contract-aware", [
    "–" if p not in difference else f"{difference[p][0]:+,.0f} ± {difference[p][1]:,.0f} USD" for p in policies])
shown

# %% [markdown]
# ## What pairs are worth
#
# The half-width of the 95 % interval of a policy's own bill, and of its difference from contract-aware under the same seeds. The more a policy
# spends like contract-aware (`cost-band`), the more of the noise is the same; where it sends requests elsewhere, less is.

# %%
own = {p: interval(bill[p])[1] for p in policies[1:]}
pd.DataFrame({
    "own bill, ± USD an hour": own,
    "paired difference, ± USD an hour": {p: difference[p][1] for p in own},
}).round(1)

# %%
figure, axes = plt.subplots(1, 2, figsize=(9, 3.2))
for place, policy in enumerate(policies[1:]):
    mean, half = difference[policy]
    axes[0].errorbar(mean, place, xerr=half, fmt="o", color=COLOURS[place + 1], capsize=3)
axes[0].axvline(0, color="black", linewidth=1)
axes[0].set_yticks(range(len(policies) - 1), policies[1:])
axes[0].invert_yaxis()
axes[0].set(title="Bill against contract-aware, USD an hour", xlabel="more than 0: dearer")
for colour, policy in zip(COLOURS, policies):
    held = 100 * means.loc[policy, "worst in time"]
    axes[1].plot(means.loc[policy, "USD an hour"], held, "o", color=colour, label=policy)
axes[1].axhline(95, color="black", linewidth=1, linestyle="--")
axes[1].set(title="Requests in time (worst workload), %", xlabel="USD an hour", ylim=(75, 101))
axes[1].legend(fontsize=7)
plt.show()
