# %% [markdown]
# # What does an outage cost?
#
# `scenarios/account-failure.yaml`: two regions' endpoints of one model hang on one provider account, which fails for ten minutes of
# forty. The same requests are played three times: without the failure, with it, and with it but without a second model to fall
# back on. Because everything random is keyed by the request, the differences are the outage's and nothing else's.

# %%
import duckdb
import matplotlib.pyplot as plt
import pandas as pd
from support.runs import COLOURS, figures, run, say

variants = {
    "no failure": ["incidents=[]"],
    "account fails": [],
    "… and no second model": ["workloads.answers.model=gpt-5.1"],
}
folders = {name: run("account-failure", settings) for name, settings in variants.items()}
rows = []
for name, folder in folders.items():
    value = figures(folder)
    for workload in ["answers", "batch"]:
        # What came in after the warm-up, less what was served or is still on its way.
        lost = value["workload", workload, "requests_arrived"] - value[
            "workload", workload, "requests_completed"] - value["workload", workload, "requests_in_flight"]
        rows.append({
            "variant": name, "workload": workload, "lost": int(lost),
            "TTFT p95, ms": value["workload", workload, "ttft_p95"],
            "TTFT p99, ms": value["workload", workload, "ttft_p99"],
            "tokens, USD": value["workload", workload, "token_cost"],
        })
outcome = pd.DataFrame(rows).set_index(["variant", "workload"])
total = outcome[["lost", "tokens, USD"]].groupby(level="variant", sort=False).sum()
calm, hit, alone = (total.loc[name] for name in variants)
say(
    f"**Ten minutes without the account cost {hit['lost'] - calm['lost']:,.0f} requests and "
    f"{abs(hit['tokens, USD'] - calm['tokens, USD']):.2f} USD {'more' if hit['tokens, USD'] > calm['tokens, USD'] else 'less'} "
    f"for tokens ({calm['tokens, USD']:.2f} USD without the failure).** All of the lost ones are the batch job's, which has no second "
    f"model; the answers lose {outcome.loc[('account fails', 'answers'), 'lost']:,} because another cloud's model takes them over. "
    f"Without that second model {alone['lost'] - calm['lost']:,.0f} requests would be lost."
)

# %%
outcome.round(1)

# %% [markdown]
# ## Minute by minute
#
# The table `tenants_minute.csv` has every minute of every workload; DuckDB reads it where it lies.

# %%
lost = {
    name: duckdb.sql(f"""
        select minute_start_s / 60 as minute,
               sum(columns('rejected_.*'))
        from '{folder}/tenants_minute.csv' group by all order by minute
    """).df().set_index("minute").sum(axis=1)
    for name, folder in folders.items()
}
figure, axes = plt.subplots(1, 2, figsize=(9, 3.1))
for colour, (name, series) in zip(COLOURS, lost.items()):
    axes[0].plot(series.index, series.values, color=colour, label=name)
axes[0].axvspan(10, 20, color="#999999", alpha=0.15, label="account down")
axes[0].set(title="Requests turned away, a minute", xlabel="minute")
axes[0].legend(fontsize=7, loc="upper right")
served = duckdb.sql(f"""
    select minute_start_s / 60 as minute, cloud || '/' || region as place, completions
    from '{folders["account fails"]}/deployments_minute.csv' order by minute
""").df().pivot(index="minute", columns="place", values="completions")
axes[1].stackplot(served.index, served.T.values, labels=served.columns, colors=COLOURS)
axes[1].set(title="Who served them while it failed, a minute", xlabel="minute")
axes[1].legend(loc="lower left", ncols=2, fontsize=7)
plt.show()

# %% [markdown]
# ## What was lost, and why
#
# Causes as the gateway counted them in the run with the failure.

# %%
causes = duckdb.sql(f"""
    unpivot (select workload, sum(columns('(rejected_.*|failed|timed_out)'))
             from '{folders["account fails"]}/tenants_minute.csv' group by workload)
    on columns(* exclude workload) into name cause value requests
""").df()
causes = causes[causes.requests > 0].sort_values(["workload", "requests"], ascending=[True, False])
causes["requests"] = causes.requests.astype(int)
causes.reset_index(drop=True)
