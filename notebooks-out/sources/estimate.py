# %% [markdown]
# # How does the estimate compare with the simulation?
#
# `plimsoll estimate --verify` works out every figure from matrices, simulates the same window, and writes both side by side with the band the
# estimate promises to stay in (`verification.csv`). Here for every bundled scenario's own window. Recorded traces are left out: the figures
# come from the bundled profile, so that they are the same wherever this is executed.

# %%
import os

import duckdb
import matplotlib.pyplot as plt
from support.runs import COLOURS, estimate, say

os.environ.pop("PLIMSOLL_DATA", None)
seeds = 3
scenarios = ["first", "bursts", "chain", "eu-residency", "provisioned-spillover", "quota-429", "account-failure", "flagship"]
folders = {name: estimate(name, seeds) for name in scenarios}
sources = " union all ".join(
    f"select '{name}' as scenario, * from '{folder}/verification.csv'" for name, folder in folders.items())
duckdb.sql(f"create table figures as {sources}")
count, inside, windows = duckdb.sql(
    "select count(*), count(*) filter (verdict = 'inside'), count(distinct scenario) from figures").fetchall()[0]
worst = dict(duckdb.sql("""
    select metric, max(abs(difference)) from figures group by metric
""").fetchall())
typical = dict(duckdb.sql("select metric, median(abs(difference)) from figures group by metric").fetchall())
say(
    f"**{inside} of {count} estimated figures of {windows} scenarios are inside their promised bands.** "
    f"Half of all utilisations are within {100 * typical['utilisation']:.1f} points of the simulation, half of the costs within "
    f"{100 * typical['cost_usd']:.1f} %, half of the mean times per token within {100 * typical['tpot_mean_ms']:.1f} %, and half of the 95th "
    f"percentiles of the time to first token within {100 * typical['ttft_p95_ms']:.1f} % (the worst: {100 * worst['ttft_p95_ms']:.0f} %)."
)

# %%
duckdb.sql("""
    select metric, count(*) as figures,
           round(100 * median(abs(difference)), 2) as "half within, %",
           round(100 * max(abs(difference)), 1) as "worst, %",
           round(100 * any_value(band), 0) as "band, %",
           arg_max(scenario || ': ' || coalesce(scope, 'all'), abs(difference)) as "worst where"
    from figures group by metric order by metric
""").df().set_index("metric")

# %% [markdown]
# A band is widened by half the width of the simulation's own 95 % interval, so a figure may be off by more than the band where the simulation
# itself is noisy (`bursts`: a dozen bursts in an hour). Utilisation is off in points, the others in percent.

# %%
figure, axes = plt.subplots(1, 3, figsize=(9, 3.2))
for axis, (metric, title) in zip(axes, [
        ("utilisation", "Utilisation"), ("tpot_mean_ms", "Mean time per token, ms"), ("ttft_p95_ms", "TTFT p95, ms")]):
    points = duckdb.sql(f"select simulated, estimated from figures where metric = '{metric}' order by simulated, estimated").df()
    ends = [points.min().min(), points.max().max()]
    axis.plot(ends, ends, color="black", linewidth=1)
    axis.plot(points.simulated, points.estimated, "o", color=COLOURS[0], alpha=0.6, markersize=4)
    axis.set(title=title, xlabel="simulated", ylabel="estimated")
    if metric == "ttft_p95_ms":
        axis.set(xscale="log", yscale="log")
plt.show()

# %% [markdown]
# ## By scenario
#
# The largest difference of each kind, in percent (points for utilisation).

# %%
duckdb.sql("""
    pivot (select scenario, metric, round(100 * max(abs(difference)), 1) as worst from figures group by all)
    on metric using max(worst) order by scenario
""").df().set_index("scenario")
