//! What is special about deals: stages belong to pipelines, won and lost are statuses, archived ones leave the usual list.
//! <https://developers.pipedrive.com/docs/api/v1/Deals>

use super::errors::Trouble;
use super::{account, times};
use crate::core::{Pipeline, Record, Values};
use crate::world::World;

/// The pipelines, in order; the first one is the default.
pub(super) fn pipelines(world: &World) -> &[Pipeline] {
    world.crm.pipelines.get("deals").map_or(&[], Vec::as_slice)
}

/// Where a deal goes: the pipeline and the stage.
pub(super) fn place(
    world: &World,
    pipeline: Option<&str>,
    stage: Option<&str>,
) -> Result<(String, String), Trouble> {
    let all = pipelines(world);
    let found = match (pipeline, stage) {
        (pipeline, Some(stage)) => {
            let of = all.iter().find(|one| one.stages.iter().any(|own| own.id == stage));
            let of = of.ok_or_else(|| Trouble::invalid_at("stage_id", "Stage does not exist"))?;
            if pipeline.is_some_and(|pipeline| pipeline != of.id) {
                return Err(Trouble::invalid_at("stage_id", "Stage is not in this pipeline"));
            }
            Some((of, stage.to_owned()))
        }
        (Some(pipeline), None) => {
            let of = all.iter().find(|one| one.id == pipeline);
            let of = of.ok_or_else(|| Trouble::invalid_at("pipeline_id", "Pipeline does not exist"))?;
            of.stages.first().map(|stage| (of, stage.id.clone()))
        }
        (None, None) => all.first().and_then(|of| Some((of, of.stages.first()?.id.clone()))),
    };
    let (pipeline, stage) =
        found.ok_or_else(|| Trouble::invalid_at("pipeline_id", "Pipeline has no stages"))?;
    Ok((pipeline.id.clone(), stage))
}

/// Checks what was written against the rest of the deal, and fills in what follows from it.
pub(super) fn settle(world: &World, values: &mut Values, present: Option<&Record>) -> Result<(), Trouble> {
    let before = |key: &str| present.and_then(|record| record.stored(key)).unwrap_or_default().to_owned();
    let given = |values: &Values, key: &str| values.get(key).cloned().filter(|text| !text.is_empty());
    if given(values, "is_deleted").as_deref() == Some("true") {
        // <https://pipedrive.readme.io/docs/pipedrive-api-v2-migration-guide>: only DELETE deletes.
        return Err(Trouble::invalid_at("is_deleted", "Use the DELETE endpoint to delete a deal"));
    }
    values.remove("is_deleted");
    let old_status = before("status");
    let status = given(values, "status").or_else(|| Some(old_status.clone()).filter(|old| !old.is_empty()));
    let status = status.unwrap_or_else(|| "open".to_owned());
    for (key, fits) in [
        ("lost_reason", status == "lost"),
        ("lost_time", status == "lost"),
        ("won_time", status == "won"),
        ("close_time", status != "open"),
    ] {
        if given(values, key).is_some() && !fits {
            return Err(Trouble::invalid_at(key, format!("Cannot be set when the deal is {status}")));
        }
    }
    let (pipeline, stage) = (given(values, "pipeline_id"), given(values, "stage_id"));
    if present.is_none() || pipeline.is_some() || stage.is_some() {
        let (pipeline, stage) = place(world, pipeline.as_deref(), stage.as_deref())?;
        if present.is_some() && stage != before("stage_id") {
            values.insert("stage_change_time".to_owned(), times::v2(world.now));
        }
        values.insert("pipeline_id".to_owned(), pipeline);
        values.insert("stage_id".to_owned(), stage);
    }
    if status != old_status {
        close(world, values, &status);
    }
    let archived = given(values, "is_archived").as_deref() == Some("true");
    if archived && before("is_archived") != "true" {
        values.entry("archive_time".to_owned()).or_insert_with(|| times::v2(world.now));
    } else if values.contains_key("is_archived") && !archived {
        values.insert("archive_time".to_owned(), String::new());
    }
    if present.is_none() {
        values.entry("value".to_owned()).or_insert_with(|| "0".to_owned());
        values.entry("currency".to_owned()).or_insert_with(|| account::CURRENCY.to_owned());
        values.entry("origin".to_owned()).or_insert_with(|| "API".to_owned());
    }
    Ok(())
}

/// The times that come with a status.
fn close(world: &World, values: &mut Values, status: &str) {
    let now = times::v2(world.now);
    let empty = String::new;
    let (won, lost) = (status == "won", status == "lost");
    let mut set = |key: &str, there: bool| {
        if there {
            values.entry(key.to_owned()).or_insert_with(|| now.clone());
        } else {
            values.insert(key.to_owned(), empty());
        }
    };
    set("won_time", won);
    set("lost_time", lost);
    set("close_time", won || lost);
    if !lost {
        values.insert("lost_reason".to_owned(), empty());
    }
    values.insert("status".to_owned(), status.to_owned());
}
